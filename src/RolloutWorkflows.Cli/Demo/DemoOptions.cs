namespace RolloutWorkflows.Cli;

/// <summary>What the demo was asked to do.</summary>
internal sealed record DemoOptions
{
    /// <summary>True answers every question with yes.</summary>
    public required bool Yes { get; init; }

    /// <summary>The stage in which the sample service fails for users who have the flag, or what somebody does by hand; null: nothing goes wrong.</summary>
    public string? Fault { get; init; }

    /// <summary>The stage in which the sample service fails; null: it stays sound.</summary>
    public string? ServiceFault => DemoOutsider.Makes(Fault) ? null : Fault;

    /// <summary>True keeps the folder with databases and logs.</summary>
    public required bool Keep { get; init; }

    /// <summary>How many times faster waits pass.</summary>
    public required double Speed { get; init; }

    /// <summary>No demo takes longer; one that does is stuck.</summary>
    public required TimeSpan Deadline { get; init; }
}
