using System.Globalization;

namespace CloakMarketplace;

/// <summary>What the marketplace is told on its command line.</summary>
internal sealed record MarketOptions
{
    public const string Usage = """
        cloak-marketplace: agents for hire, paid run by run over x402, on web, mobile and extension.

          --urls URL             where it listens; default http://127.0.0.1:7081 (port 0: any free one)
          --environment FILE     the file with CLOAK_MARKETPLACE_…_ENABLED; read again at each request
          --flags URL            the server that knows who is let in, told the key in the environment's ROLLOUT_KEY;
                                 without it nobody is
          --limit N              requests that one caller may send in a minute; default 60
          --speed FACTOR         how many times faster its clock runs than the real one; default 1
          --fault NAME           what is broken from the start; see PUT /faults/NAME
          --exit-with-stdin      end when standard input ends
        """;

    public string Urls { get; init; } = "http://127.0.0.1:7081";

    /// <summary>Where the switches of the surfaces stand; null: everything is off.</summary>
    public string? EnvironmentFile { get; init; }

    public Uri? Flags { get; init; }

    /// <summary>From the environment, since command lines are seen by others.</summary>
    public string? Key { get; init; } = Environment.GetEnvironmentVariable("ROLLOUT_KEY");

    public int Limit { get; init; } = 60;

    public double Speed { get; init; } = 1;

    public string? Fault { get; init; }

    public bool ExitWithStandardInput { get; init; }

    /// <summary>Reads the command line; throws an <see cref="ArgumentException"/> that says what is wrong.</summary>
    public static MarketOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new MarketOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            options = name == "--exit-with-stdin"
                ? options with { ExitWithStandardInput = true }
                : options.With(name, ++index < arguments.Count ? arguments[index] : throw new ArgumentException($"{name} needs a value"));
        }

        return options;
    }

    private MarketOptions With(string name, string value) => name switch
    {
        "--urls" => this with { Urls = value },
        "--environment" => this with { EnvironmentFile = Path.GetFullPath(value) },
        "--flags" => this with { Flags = Uri.TryCreate(value, UriKind.Absolute, out var flags) ? flags : throw Wrong(name, "an absolute address", value) },
        "--limit" => this with { Limit = (int)Number(name, value, 1, 100_000) },
        "--speed" => this with { Speed = Number(name, value, 1, 10_000_000) },
        "--fault" => this with { Fault = Faults.IsKnown(value) ? value : throw Wrong(name, string.Join(", ", Faults.Known), value) },
        _ => throw new ArgumentException($"{name} is unknown"),
    };

    private static double Number(string name, string value, double minimum, double maximum) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"), value);

    private static ArgumentException Wrong(string name, string expected, string got) => new($"{name}: expected {expected}, got '{got}'");
}
