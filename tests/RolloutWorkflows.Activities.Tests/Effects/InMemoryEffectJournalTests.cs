namespace RolloutWorkflows.Activities.Tests;

public sealed class InMemoryEffectJournalTests : EffectJournalConformance
{
    protected override ValueTask<IEffectJournal> CreateAsync() => new(new InMemoryEffectJournal());
}
