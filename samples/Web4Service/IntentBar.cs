namespace Web4Service;

/// <summary>The page: asks for the flag, shows the new or the old intent bar, and counts how it went.</summary>
internal sealed class IntentBar(ServiceOptions options, FlagClient flags, Banner banner, TrafficWindow window, RequestMetrics metrics, TimeProvider time)
{
    /// <summary>Says which bar was meant to be shown.</summary>
    public const string Header = "X-Intent-Bar";

    public async Task<IResult> ShowAsync(HttpContext context, string? user)
    {
        var started = time.GetTimestamp();
        var visitor = string.IsNullOrWhiteSpace(user) ? "visitor" : user;
        var answer = await flags.AskAsync(visitor, context.RequestAborted);
        var failed = Fault.Hits(options.Fault, answer);
        context.Response.Headers[Header] = answer.Value ? "new" : "old";

        var visit = new Visit(visitor, answer.Value, failed, time.GetElapsedTime(started));
        window.Add(visit);
        metrics.Add(visit);
        if (failed) return Results.Text("The intent bar broke.\n", statusCode: StatusCodes.Status500InternalServerError);
        var announced = banner.Text is { } text ? text + "\n" : "";
        return Results.Text(announced + (answer.Value ? "What do you want to do today?\n" : "Search\n"));
    }
}
