namespace RolloutWorkflows.Counterparts;

/// <summary>A repository at the fake GitHub. Its lists are the present state; read them while nothing is sent.</summary>
public sealed class FakeRepository(long id, string fullName, DateTimeOffset createdAt)
{
    public long Id { get; } = id;

    public string FullName { get; internal set; } = fullName;

    public string Owner => FullName.Split('/')[0];

    public string Name => FullName.Split('/')[1];

    public DateTimeOffset CreatedAt { get; } = createdAt;

    /// <summary>False: issues are switched off.</summary>
    public bool HasIssues { get; set; } = true;

    /// <summary>True: only with write access are the texts of earlier revisions told.</summary>
    public bool HidesRevisions { get; set; }

    /// <summary>False: like Enterprise Server of an earlier year, which does not take <c>return_run_details</c>.</summary>
    public bool TellsDispatchedRuns { get; set; } = true;

    /// <summary>The conclusion with which a dispatched workflow has ended when it is first looked at; null: it goes on until a test ends it.</summary>
    public string? EndsWorkflowsAs { get; set; }

    public List<FakeIssue> Issues { get; } = [];

    public List<FakeMilestone> Milestones { get; } = [];

    public List<FakeLabel> Labels { get; } = [];

    /// <summary>Branches and tags, and the commits they stand at.</summary>
    public Dictionary<string, string> Refs { get; } = new() { ["main"] = "6dcb09b5b57875f334f61aebed695e2e4193db5e" };

    public List<FakeCheckRun> CheckRuns { get; } = [];

    public List<FakeStatus> Statuses { get; } = [];

    /// <summary>Files below .github/workflows that can be dispatched; all where it is empty.</summary>
    public List<string> Workflows { get; } = [];

    public List<FakeWorkflowRun> WorkflowRuns { get; } = [];

    public List<FakeDeployment> Deployments { get; } = [];

    /// <summary>The issue or pull request of that number.</summary>
    public FakeIssue Issue(int number) => Issues.Single(issue => issue.Number == number);

    internal string? ShaOf(string reference)
    {
        var name = reference.StartsWith("heads/", StringComparison.Ordinal) || reference.StartsWith("tags/", StringComparison.Ordinal) ? reference[(reference.IndexOf('/', StringComparison.Ordinal) + 1)..] : reference;
        if (Refs.TryGetValue(name, out var sha)) return sha;
        return reference.Length == 40 && reference.All(char.IsAsciiHexDigitLower) ? reference : null;
    }
}
