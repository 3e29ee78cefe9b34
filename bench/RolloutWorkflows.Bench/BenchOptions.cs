namespace RolloutWorkflows.Bench;

/// <summary>How much to measure, and where.</summary>
/// <param name="Rounds">How often everything is measured; the figures printed are the medians.</param>
/// <param name="Orchestrations">Orchestrations of ten activities at concurrency 100; a tenth of them at concurrency 1.</param>
/// <param name="Events">External events whose latency is measured.</param>
/// <param name="Waiting">Instances that wait at the same time.</param>
/// <param name="Folder">Where the database files are made; each is deleted after its use.</param>
internal sealed record BenchOptions(int Rounds, int Orchestrations, int Events, int Waiting, string Folder)
{
    public const string Usage =
        """
        Usage: ./build.sh bench [--quick] [--rounds N] [--folder PATH]
          --quick        one short round, to see that everything runs
          --rounds N     rounds of which the median is printed (default 5)
          --folder PATH  where the database files are made (default: beside the program); must be a local disk
        """;

    private static readonly string DefaultFolder = Path.Combine(AppContext.BaseDirectory, "data");

    /// <exception cref="ArgumentException">An argument is unknown or lacks its value.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions(5, 5_000, 1_000, 10_000, DefaultFolder);
        for (var i = 0; i < arguments.Count; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options with { Rounds = 1, Orchestrations = 1_000, Events = 200 },
                "--rounds" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], out var rounds) && rounds > 0 => options with { Rounds = rounds },
                "--folder" when i + 1 < arguments.Count => options with { Folder = Path.GetFullPath(arguments[i + 1]) },
                var other => throw new ArgumentException($"bench: '{other}' is unknown or lacks its value.\n{Usage}"),
            };
            if (arguments[i] is "--rounds" or "--folder") i++;
        }

        return options;
    }
}
