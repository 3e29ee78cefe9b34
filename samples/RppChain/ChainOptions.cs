using System.Globalization;

namespace RppChain;

/// <summary>What the chain is told on its command line.</summary>
internal sealed record ChainOptions
{
    public const string Usage = """
        rpp-chain: a small blockchain's nodes, with epochs, feature gates in each node's TOML file, and an API for operators.

          --urls URL             where it listens; default http://127.0.0.1:7090 (port 0: any free one)
          --files FOLDER         where nodes/NAME/node.toml lie; default files
          --speed FACTOR         how many times faster its clock runs than the real one; default 1
          --fault NAME           what is wrong from the start: gossip-unstable, reward-errors,
                                 consensus-stall, chain-halt, latency-spike, slow, peer-lost, alerting-dead, no-nodes
          --exit-with-stdin      end when standard input ends
          --check-config NODE …  only say whether these nodes would load their configuration, and end with 0 or 1
        """;

    public string Urls { get; init; } = "http://127.0.0.1:7090";

    public string Files { get; init; } = "files";

    public double Speed { get; init; } = 1;

    public IReadOnlyList<string> Faults { get; init; } = [];

    public bool ExitWithStandardInput { get; init; }

    /// <summary>The nodes whose configuration is only checked; null: the chain runs.</summary>
    public IReadOnlyList<string>? CheckConfig { get; init; }

    /// <summary>Reads the command line; throws an <see cref="ArgumentException"/> that says what is wrong.</summary>
    public static ChainOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChainOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            if (name == "--check-config") return options with { CheckConfig = [.. arguments.Skip(index + 1)] };
            options = name == "--exit-with-stdin"
                ? options with { ExitWithStandardInput = true }
                : options.With(name, ++index < arguments.Count ? arguments[index] : throw new ArgumentException($"{name} needs a value"));
        }

        return options;
    }

    private ChainOptions With(string name, string value) => name switch
    {
        "--urls" => this with { Urls = value },
        "--files" => this with { Files = value },
        "--speed" => this with { Speed = double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed >= 1 ? speed : throw new ArgumentException($"{name}: expected a number of at least 1, got '{value}'") },
        "--fault" => this with { Faults = [.. Faults, Fault.Known.Contains(value) ? value : throw new ArgumentException($"{name}: expected one of {string.Join(", ", Fault.Known)}, got '{value}'")] },
        _ => throw new ArgumentException($"{name} is unknown"),
    };
}
