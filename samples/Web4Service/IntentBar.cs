namespace Web4Service;

/// <summary>The page: asks for the flag, shows the new or the old intent bar, and counts how it went.</summary>
internal sealed class IntentBar(IFlags flags, FaultSwitches faults, Banner banner, TrafficWindow window, RequestMetrics metrics)
{
    /// <summary>Says which bar was meant to be shown.</summary>
    public const string Header = "X-Intent-Bar";

    /// <summary>Every how manieth user gives up on a bar that confuses.</summary>
    private const int GivesUp = 4;

    public async Task<IResult> ShowAsync(HttpContext context, string? user)
    {
        var visit = await VisitAsync(string.IsNullOrWhiteSpace(user) ? "visitor" : user, context.RequestAborted);
        context.Response.Headers[Header] = visit.HasFeature ? "new" : "old";
        if (visit.Failed) return Results.Text("The intent bar broke.\n", statusCode: StatusCodes.Status500InternalServerError);
        var announced = banner.Text is { } text ? text + "\n" : "";
        return Results.Text(announced + (visit.HasFeature ? "What do you want to do today?\n" : "Search\n"));
    }

    /// <summary>A user comes, and it is counted how it went.</summary>
    public async Task<Visit> VisitAsync(string user, CancellationToken cancellation)
    {
        var answer = await flags.AskAsync(user, cancellation);
        var visit = new Visit(user, answer.Value, faults.Breaks(answer), ResponseTimes.Of(user, answer.Value, faults.IsOn(FaultSwitches.Slow)))
        {
            GaveUp = answer.Value && faults.IsOn(FaultSwitches.Confusing) && UserNumber.Of(user) % GivesUp == 0,
            IsDisliked = answer.Value && faults.IsOn(FaultSwitches.Disliked),
        };
        window.Add(visit);
        metrics.Add(visit);
        return visit;
    }
}
