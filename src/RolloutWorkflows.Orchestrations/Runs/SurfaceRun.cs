namespace RolloutWorkflows.Orchestrations;

/// <summary>A surface while its run runs.</summary>
internal sealed class SurfaceRun(string name)
{
    public string Name { get; } = name;

    /// <summary>Holding, RollingBack or RolledBack; null while it may go on.</summary>
    public SurfaceState? Halt { get; set; }

    public string Because { get; set; } = "";

    /// <summary>While it goes back: how far.</summary>
    public RollbackScope? GoesBack { get; set; }

    public RollbackReport? Rollback { get; set; }

    /// <summary>True where its rollback left something of it in force.</summary>
    public bool StandsPartly { get; set; }

    public DateTimeOffset CausedAt { get; set; }

    public bool ToldOfBlockade { get; set; }
}
