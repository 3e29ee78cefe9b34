using System.Globalization;

namespace Web4Service;

/// <summary>What the service is told on its command line.</summary>
internal sealed record ServiceOptions
{
    public const string Usage = """
        web4-service: a small web service whose intent bar is behind a feature flag.

          --urls URL             where it listens; default http://127.0.0.1:7080 (port 0: any free one)
          --flags URL            the server that is asked for the flag on each request; without it the feature is off
                                 and told the key in the environment's ROLLOUT_KEY, where there is one
          --flag NAME            the flag; default intent_bar_v1_rollout
          --traffic N            visits per second that it makes to itself; default 0
          --population N         how many users there are; default 2000
          --regulars A,B,…       users who come all the time; default ada,grace,linus,margaret,barbara
          --speed FACTOR         how many times faster its clock runs than the real one; taken, and of no effect here
          --fault NAME           what is wrong from the start: the new code breaks for the cohort of canary, one-percent, ten-percent,
                                 fifty-percent or full; it is broken, flaky, slow, confusing or disliked; the service is unhealthy
                                 or deaf to announcements; an alert fires, or alerting is unarmed. PUT and DELETE /faults/NAME
                                 switch one while it runs
          --window SPAN          how far back the status looks, such as 1s or 500ms; default 1s
          --exit-with-stdin      end when standard input ends
        """;

    public string Urls { get; init; } = "http://127.0.0.1:7080";

    public Uri? Flags { get; init; }

    /// <summary>The key that the flag server is asked with. From the environment, since command lines are seen by others.</summary>
    public string? Key { get; init; } = Environment.GetEnvironmentVariable("ROLLOUT_KEY");

    public string Flag { get; init; } = "intent_bar_v1_rollout";

    public double Traffic { get; init; }

    public int Population { get; init; } = 2000;

    public IReadOnlyList<string> Regulars { get; init; } = ["ada", "grace", "linus", "margaret", "barbara"];

    /// <summary>What is wrong from the start; null: nothing.</summary>
    public string? Fault { get; init; }

    /// <summary>How many visits are made whenever somebody looks at the status, for clocks on which nothing happens in between.</summary>
    public int VisitsPerLook { get; init; }

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(1);

    public bool ExitWithStandardInput { get; init; }

    /// <summary>Reads the command line; throws an <see cref="ArgumentException"/> that says what is wrong.</summary>
    public static ServiceOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ServiceOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            options = name == "--exit-with-stdin"
                ? options with { ExitWithStandardInput = true }
                : options.With(name, ++index < arguments.Count ? arguments[index] : throw new ArgumentException($"{name} needs a value"));
        }

        return options;
    }

    private ServiceOptions With(string name, string value) => name switch
    {
        "--urls" => this with { Urls = value },
        "--flags" => this with { Flags = Uri.TryCreate(value, UriKind.Absolute, out var flags) ? flags : throw Wrong(name, "an absolute address", value) },
        "--flag" => this with { Flag = value },
        "--traffic" => this with { Traffic = Number(name, value, 0, 5000) },
        "--population" => this with { Population = (int)Number(name, value, 1, 1_000_000) },
        "--regulars" => this with { Regulars = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
        "--fault" => this with { Fault = value == "none" ? null : FaultSwitches.Names.Contains(value) ? value : throw Wrong(name, $"none or one of {string.Join(", ", FaultSwitches.Names)}", value) },
        // What it measures are real requests in real time, whatever the pace of the waits.
        "--speed" => Number(name, value, 1, 10_000_000) > 0 ? this : this,
        "--window" => this with { Window = Span(name, value) },
        _ => throw new ArgumentException($"{name} is unknown"),
    };

    private static double Number(string name, string value, double minimum, double maximum) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"), value);

    private static TimeSpan Span(string name, string value)
    {
        var (text, unit) = value.EndsWith("ms", StringComparison.Ordinal) ? (value[..^2], 1d) : value.EndsWith('s') ? (value[..^1], 1000d) : (value, 0d);
        return unit > 0 && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? TimeSpan.FromMilliseconds(number * unit)
            : throw Wrong(name, "a span such as 1s or 500ms", value);
    }

    private static ArgumentException Wrong(string name, string expected, string got) => new($"{name}: expected {expected}, got '{got}'");
}
