namespace RolloutWorkflows.Cli.Tests;

/// <summary>One call of the program.</summary>
internal sealed record CliCall
{
    public required IReadOnlyList<string> Arguments { get; init; }

    public string Input { get; init; } = "";

    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
