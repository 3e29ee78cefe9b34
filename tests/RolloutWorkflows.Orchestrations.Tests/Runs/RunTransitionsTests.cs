namespace RolloutWorkflows.Orchestrations.Tests.Runs;

public sealed class RunTransitionsTests
{
    public static TheoryData<RunState> NotFinal => [.. Enum.GetValues<RunState>().Where(state => !RunTransitions.IsFinal(state))];

    [Theory]
    [MemberData(nameof(NotFinal))]
    public void Abort_EveryStateThatIsNotFinal_Counts(RunState state) =>
        Assert.Equal(RunState.Aborted, RunTransitions.Next(state, RunTrigger.Abort));

    [Theory]
    [MemberData(nameof(NotFinal))]
    public void Rollback_EveryStateThatIsNotFinalNorAlreadyRollingBack_Counts(RunState state)
    {
        if (state == RunState.RollingBack) return;
        Assert.Equal(RunState.RollingBack, RunTransitions.Next(state, RunTrigger.Rollback));
    }

    [Fact]
    public void FinalStates_HaveNoWayOutButARollback() =>
        Assert.All(RunTransitions.Table.Where(row => RunTransitions.IsFinal(row.From)), row =>
            Assert.Contains((row.Trigger, row.To!.Value), new[] { (RunTrigger.Rollback, RunState.RollingBack), (RunTrigger.SurfaceWaits, RunState.RolledBack) }));

    [Fact]
    public void EveryState_IsReachedFromPending()
    {
        var reached = new HashSet<RunState> { RunState.Pending };
        for (var before = 0; before != reached.Count;)
        {
            before = reached.Count;
            foreach (var row in RunTransitions.Table.Where(row => reached.Contains(row.From) && row.To is not null)) reached.Add(row.To!.Value);
        }

        Assert.Equal(Enum.GetValues<RunState>().Order(), reached.Order());
    }

    [Fact]
    public void Resume_ReturnsToTheStateItWasHeldIn() =>
        Assert.Equal(RunState.Soaking, RunTransitions.Next(RunState.Holding, RunTrigger.Resume, RunState.Soaking));

    [Fact]
    public void Next_MoveThatTheTableLacks_SaysWhereItWouldCount()
    {
        var error = Assert.Throws<InvalidOperationException>(() => RunTransitions.Next(RunState.Succeeded, RunTrigger.Retry));
        Assert.Contains("Retry does not count in state Succeeded; it counts in RolledBack", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunState.Soaking, "Hold, Promote, Rollback, Abort, Handover, Annotate")]
    [InlineData(RunState.Waiting, "Hold, Override, Rollback, Abort, Handover, Annotate")]
    [InlineData(RunState.RolledBack, "Retry, Rollback, Abort, Handover, Annotate")]
    [InlineData(RunState.RollingBack, "Rollback, Abort, Handover, Annotate")]
    [InlineData(RunState.Holding, "Resume, Rollback, Abort, Handover, Annotate")]
    [InlineData(RunState.Succeeded, "Rollback")]
    [InlineData(RunState.Aborted, "Rollback")]
    public void Accepted_PerState_IsExactlyThis(RunState state, string verbs) =>
        Assert.Equal(verbs, string.Join(", ", RunVerbs.Accepted(state, [], hasOpenApprovals: false)));

    [Fact]
    public void Accepted_StuckStage_OffersItsChoicesInsteadOfResume() =>
        Assert.Equal([RunVerb.Retry, RunVerb.Ignore, RunVerb.Rollback, RunVerb.Abort, RunVerb.Handover, RunVerb.Annotate],
            RunVerbs.Accepted(RunState.Holding, [RunVerb.Retry, RunVerb.Ignore], hasOpenApprovals: false));
}
