using RolloutWorkflows.Activities;
using RolloutWorkflows.Activities.Tests;

namespace RolloutWorkflows.Host.Tests.Storage;

public sealed class SqliteEffectJournalTests : EffectJournalConformance, IDisposable
{
    private readonly DatabaseFolder databases = new();

    protected override ValueTask<IEffectJournal> CreateAsync() => new(new SqliteEffectJournal(databases.Open()));

    public void Dispose() => databases.Dispose();
}
