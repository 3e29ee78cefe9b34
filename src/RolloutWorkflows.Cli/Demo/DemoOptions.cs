namespace RolloutWorkflows.Cli;

/// <summary>What the demo was asked to do.</summary>
internal sealed record DemoOptions
{
    /// <summary>The playbook's demo.</summary>
    public required DemoScene Scene { get; init; }

    /// <summary>What goes wrong; null: nothing.</summary>
    public DemoFault? Fault { get; init; }

    /// <summary>True answers every question with yes.</summary>
    public required bool Yes { get; init; }

    /// <summary>True keeps the folder with databases and logs.</summary>
    public required bool Keep { get; init; }

    /// <summary>How many times faster waits pass.</summary>
    public required double Speed { get; init; }

    /// <summary>No demo takes longer; one that does is stuck.</summary>
    public required TimeSpan Deadline { get; init; }
}
