using System.Globalization;

namespace Phase2Api;

/// <summary>What the gateway is told on its command line.</summary>
public sealed record Phase2ApiOptions
{
    public const string Usage = """
        phase2-api: a gateway that serves /v2, and /v1 through compatibility shims.

          --urls URL             where it listens; default http://127.0.0.1:7090 (port 0: any free one)
          --flags URL            the server that is asked who gets /v2; without it nobody does,
                                 and told the key in the environment's ROLLOUT_KEY, where there is one
          --flag NAME            the flag; default phase2_v2
          --environment FILE     the environment file whose PHASE2_ENABLED=true opens /v2 at all; read at each request
          --speed FACTOR         how many times faster its clock runs than the real one; default 1
          --fault NAME           what goes wrong from the start: error-spike, slow, health, shim-drift or contract-break;
                                 PUT and DELETE /faults/NAME switch it while it runs
          --exit-with-stdin      end when standard input ends
        """;

    public string Urls { get; init; } = "http://127.0.0.1:7090";

    public Uri? Flags { get; init; }

    /// <summary>The key that the flag server is asked with. From the environment, since command lines are seen by others.</summary>
    public string? Key { get; init; } = Environment.GetEnvironmentVariable("ROLLOUT_KEY");

    public string Flag { get; init; } = "phase2_v2";

    public string? EnvironmentFile { get; init; }

    public double Speed { get; init; } = 1;

    public string? Fault { get; init; }

    public bool ExitWithStandardInput { get; init; }

    /// <summary>Reads the command line; throws an <see cref="ArgumentException"/> that says what is wrong.</summary>
    public static Phase2ApiOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new Phase2ApiOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            options = name == "--exit-with-stdin"
                ? options with { ExitWithStandardInput = true }
                : options.With(name, ++index < arguments.Count ? arguments[index] : throw new ArgumentException($"{name} needs a value"));
        }

        return options;
    }

    private Phase2ApiOptions With(string name, string value) => name switch
    {
        "--urls" => this with { Urls = value },
        "--flags" => this with { Flags = Uri.TryCreate(value, UriKind.Absolute, out var flags) ? flags : throw Wrong(name, "an absolute address", value) },
        "--flag" => this with { Flag = value },
        "--environment" => this with { EnvironmentFile = value },
        "--speed" => this with { Speed = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed >= 1 ? speed : throw Wrong(name, "a number of at least 1", value) },
        "--fault" => this with { Fault = Faults.Names.Contains(value) ? value : throw Wrong(name, $"one of {string.Join(", ", Faults.Names)}", value) },
        _ => throw new ArgumentException($"unknown option {name}"),
    };

    private static ArgumentException Wrong(string name, string expected, string got) => new($"{name}: expected {expected}, got '{got}'");
}
