using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Everything that a release issue shows of a run, at one moment.</summary>
internal sealed record IssueView
{
    public required RolloutInput Input { get; init; }

    public required RunStatus Status { get; init; }

    public required IssueRecord Record { get; init; }

    /// <summary>The soak of the stage in hand; null where none is known.</summary>
    public SoakStatus? Soak { get; init; }

    /// <summary>What the run has changed and not taken back, newest value of each target, for people: <c>flag:checkout: 10 %</c>.</summary>
    public IReadOnlyList<string> InForce { get; init; } = [];

    /// <summary>The address of the comment that shows how the run stands; null while there is none.</summary>
    public string? StatusAddress { get; init; }

    /// <summary>The present moment, in real time.</summary>
    public required DateTimeOffset Now { get; init; }

    public string RunId => Input.RunId;

    public Playbook Playbook => Input.Playbook;

    /// <summary>The playbook's title, or its name.</summary>
    public string Title => Playbook.Title ?? Playbook.Name;

    /// <summary>The stages in the order in which they run.</summary>
    public IReadOnlyList<Stage> Stages => StageOrder.Of(Playbook);

    /// <summary>A moment on the playbook's clock as a real one.</summary>
    public DateTimeOffset ToReal(DateTimeOffset playbookTime) => new(
        new PlaybookClock { Anchor = Status.StartedAt.UtcDateTime, Compression = Math.Max(1, Status.TimeCompression) }.ToReal(playbookTime), TimeSpan.Zero);

    public StageStatus StatusOf(Stage stage) =>
        Status.Stages.FirstOrDefault(known => known.Name == stage.Name) ?? new StageStatus { Name = stage.Name, State = StageState.Ahead };

    /// <summary>The open question of that name; null: none.</summary>
    public OpenApproval? OpenOf(string stage, string name) => Status.OpenApprovals.FirstOrDefault(open => open.Stage == stage && open.Name == name);
}
