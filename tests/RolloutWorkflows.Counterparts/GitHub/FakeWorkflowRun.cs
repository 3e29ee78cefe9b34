namespace RolloutWorkflows.Counterparts;

/// <summary>A run of a workflow at the fake GitHub. A test moves it on.</summary>
public sealed class FakeWorkflowRun
{
    public required long Id { get; init; }

    /// <summary>The workflow's file.</summary>
    public required string Workflow { get; init; }

    public required string Ref { get; init; }

    public required string Sha { get; init; }

    public string Event { get; init; } = "workflow_dispatch";

    public IReadOnlyDictionary<string, string> Inputs { get; init; } = new Dictionary<string, string>();

    public required FakeAccount Actor { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    public List<FakeJob> Jobs { get; } = [];

    /// <summary>Environments that wait for a protection rule.</summary>
    public List<string> Waiting { get; } = [];

    /// <summary>What protection rules said: environment, state (null: a report) and comment.</summary>
    public List<(string Environment, string? State, string? Comment)> Verdicts { get; } = [];
}
