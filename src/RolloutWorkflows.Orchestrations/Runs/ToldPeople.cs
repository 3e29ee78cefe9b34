namespace RolloutWorkflows.Orchestrations;

/// <summary>What people were told, as the line of the record carries it for channels that show it in their own way.</summary>
public sealed record ToldPeople
{
    public required string Text { get; init; }

    /// <summary>The persons who were named; empty: nobody in particular.</summary>
    public IReadOnlyList<string> Persons { get; init; } = [];

    /// <summary>True where a line of the record before this one says the same.</summary>
    public bool HasOwnLine { get; init; }

    /// <summary>True where it was told before, and nobody has answered.</summary>
    public bool IsReminder { get; init; }
}
