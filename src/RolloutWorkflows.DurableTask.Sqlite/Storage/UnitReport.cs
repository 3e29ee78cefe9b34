using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Collects what an applied unit has to report; most have nothing.</summary>
internal sealed class UnitReport
{
    public List<long>? Undelivered { get; set; }

    public List<string>? Rejected { get; set; }

    public int Purged { get; set; }

    public CommitResult ToResult() => Undelivered is null && Rejected is null && Purged == 0
        ? CommitResult.Committed
        : new CommitResult { UndeliveredMessages = Undelivered ?? [], RejectedCreations = Rejected ?? [], PurgedInstances = Purged };
}
