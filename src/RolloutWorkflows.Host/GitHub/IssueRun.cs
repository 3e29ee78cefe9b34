using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>A run that is shown in an issue, as it stands now.</summary>
internal sealed record IssueRun(RolloutInput Input, RunStatus Status, bool HasEnded)
{
    public string RunId => Input.RunId;
}
