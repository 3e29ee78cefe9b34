using System.CommandLine;

namespace RolloutWorkflows.Cli;

/// <summary>A command whose help ends with examples that work as they stand.</summary>
internal class ExampledCommand(string name, string description) : Command(name, description)
{
    /// <summary>Command lines, each with what it does.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>What help says between the description and the options; null: nothing.</summary>
    public string? Remarks { get; init; }
}
