using System.Globalization;

namespace SwarmLedger;

/// <summary>What the swarm is started with.</summary>
public sealed record SwarmOptions
{
    public const string Usage = """
        swarm-ledger [--urls URL] [--catalog FOLDER] [--key FILE] [--speed FACTOR] [--fault NAME] [--exit-with-stdin]
        swarm-ledger reset|replay URL
          --catalog  where signed checkpoints are kept (default: checkpoints)
          --key      the council's private key, PEM (default: a new one each time)
          --speed    how much faster its clock runs; it signs a checkpoint each of its days
          --fault    quorum-drop, conflicting-roots, lost-payload, slow-ui, slow-sync, old-conflict, slow-growth, stuck-candidate,
                     broken-restore, away-operator
        """;

    public static readonly string[] Faults = ["quorum-drop", "conflicting-roots", "lost-payload", "slow-ui", "slow-sync", "old-conflict", "slow-growth", "stuck-candidate", "broken-restore", "away-operator"];

    public string Urls { get; init; } = "http://127.0.0.1:7090";

    public string Catalog { get; init; } = "checkpoints";

    /// <summary>The file of the council's private key; null: a new key.</summary>
    public string? Key { get; init; }

    public double Speed { get; init; } = 1;

    /// <summary>How often a checkpoint is signed, on the swarm's clock; null: only the first.</summary>
    public TimeSpan? CheckpointEvery { get; init; } = TimeSpan.FromDays(1);

    public string? Fault { get; init; }

    public bool ExitWithStandardInput { get; init; }

    /// <summary>Reads the command line; throws an <see cref="ArgumentException"/> that says what is wrong.</summary>
    public static SwarmOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SwarmOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            options = name == "--exit-with-stdin"
                ? options with { ExitWithStandardInput = true }
                : options.With(name, ++index < arguments.Count ? arguments[index] : throw new ArgumentException($"{name} needs a value"));
        }

        return options;
    }

    private SwarmOptions With(string name, string value) => name switch
    {
        "--urls" => this with { Urls = value },
        "--catalog" => this with { Catalog = value },
        "--key" => this with { Key = value },
        "--speed" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var speed) && speed >= 1 => this with { Speed = speed },
        "--fault" when Faults.Contains(value) => this with { Fault = value },
        "--speed" or "--fault" => throw new ArgumentException($"{name}: '{value}' cannot be used"),
        _ => throw new ArgumentException($"{name} is unknown"),
    };
}
