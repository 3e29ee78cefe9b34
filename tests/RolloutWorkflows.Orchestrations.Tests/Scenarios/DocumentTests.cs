namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Documents that people attach to a run: in its record, in what is decided on, and asked for again after a rollback.</summary>
public sealed class DocumentTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: documented }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { captains: [ada, bob, cyn] }
          preflight:
            - { id: matrix, uses: evidence/attached, with: { document: test-matrix, maxAge: 3d } }
          rollback: { to: stage-start }
          stages:
            - name: beta
              steps: [ { uses: flag/set, with: { flag: checkout, value: true } } ]
              soak: { for: 24h }
              approval: { approvers: [ { group: captains } ], minApprovals: 2, bindTo: [evidence], timeout: 3d }
            - name: public
              steps: [ { uses: flag/set, with: { flag: checkout-public, value: true } } ]
        """;

    [Fact]
    public async Task Check_WithoutItsDocument_HoldsUntilItIsAttachedAndTriedAgain()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook);
        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("rollout attach run-1 --document test-matrix FILE", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        Assert.Contains(RunVerb.Retry, (await run.StatusAsync()).Accepts);

        var document = await run.WhenAttachedAsync("test-matrix", "all green");
        await run.ThenStateIsAsync(RunState.Holding);
        await run.WhenAsync(RunVerb.Retry, "bob");

        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal([document], (await run.StatusAsync()).Documents);
        var line = Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.DocumentAttached);
        Assert.Equal(("ada", $"ada attached test-matrix (version 1, 9 bytes), sha256 {document.Digest}"), (line.Actor, line.Message));
    }

    [Fact]
    public async Task RolledBackStage_TriedAgain_WantsItsTestMatrixAgain()
    {
        await using var run = await SoakingAsync();
        await run.WhenAsync(RunVerb.Rollback, "bob", "wrong prices");
        await run.ThenStateIsAsync(RunState.RolledBack);
        await run.WhenAsync(RunVerb.Retry, "bob");

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("beta was rolled back after it", (await run.StatusAsync()).Because, StringComparison.Ordinal);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        // The same bytes will do: it is the run of the tests that is new.
        await run.WhenAttachedAsync("test-matrix", "all green");
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task RolledBackStage_TestedBeforeTheRetry_GoesOnAtOnce()
    {
        await using var run = await SoakingAsync();
        await run.WhenAsync(RunVerb.Rollback, "bob", "wrong prices");
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(1));
        await run.WhenAttachedAsync("test-matrix", "all green again");

        await run.WhenAsync(RunVerb.Retry, "bob");

        await run.ThenStateIsAsync(RunState.Soaking);
    }

    [Fact]
    public async Task NextStage_WithAnOldMatrix_Holds()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(73));
        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenAsync(RunVerb.Approve, "cyn");

        await run.ThenStateIsAsync(RunState.Holding);
        Assert.Contains("it is 3d", (await run.StatusAsync()).Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_BoundToEvidence_ShowsTheDocumentAndIsVoidWhereAnotherIsAttached()
    {
        await using var run = await SoakingAsync();
        await run.WhenTimePassesAsync(TimeSpan.FromHours(25));
        var asked = Assert.Single((await run.StatusAsync()).OpenApprovals);
        Assert.Contains(asked.Shown.Lines, line => line.StartsWith("Document test-matrix (version 1, 9 bytes), sha256 ", StringComparison.Ordinal));
        Assert.Contains(asked.Subject, line => line.What == "document test-matrix");

        await run.WhenAttachedAsync("test-matrix", "all green");
        Assert.Equal(asked.ApprovalId, Assert.Single((await run.StatusAsync()).OpenApprovals).ApprovalId);

        await run.WhenAsync(RunVerb.Approve, "bob");
        await run.WhenAttachedAsync("test-matrix", "one red");
        var again = Assert.Single((await run.StatusAsync()).OpenApprovals);
        Assert.NotEqual(asked.ApprovalId, again.ApprovalId);
        Assert.Empty(again.Votes);
        Assert.Contains(again.Differences, difference => difference.StartsWith("document test-matrix was sha256 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task News_OfTheSameDocumentTwice_IsOneLine()
    {
        await using var run = await RolloutScenario.GivenAsync(Playbook);
        var document = await run.WhenAttachedAsync("test-matrix", "all green");
        await run.WhenEventArrivesAsync(OrchestrationNames.SignalEvent, new RunSignal { Kind = RunSignalKind.DocumentAttached, From = "host", Message = "again", Document = document });

        Assert.Single(await run.RecordAsync(), entry => entry.Kind == RunLogKind.DocumentAttached);
    }

    private static async Task<RolloutScenario> SoakingAsync()
    {
        var run = await RolloutScenario.GivenAsync(Playbook);
        await run.WhenAttachedAsync("test-matrix", "all green");
        await run.WhenAsync(RunVerb.Retry, "bob");
        await run.ThenStateIsAsync(RunState.Soaking);
        await run.WhenTimePassesAsync(TimeSpan.FromMinutes(5));
        return run;
    }
}
