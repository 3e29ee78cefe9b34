using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>
/// Every rule of going back on every kind that changes something: a table of rules × kinds. A cell that cannot apply
/// stands in <see cref="CannotApply"/> with its reason; the theory has all others.
/// </summary>
public sealed class RollbackRuleTests
{
    private static readonly string[] Kinds = ["flag/set", "flag/rollout", "flag/canary", "env/set", "config/gates", "http/request with undo", "http/request irreversible", "github/workflow with undo", "github/workflow irreversible", .. OnceRules.Kinds];

    private static readonly Dictionary<string, Func<ReversibleKind, Task>> Reversible = new()
    {
        ["already prior: nothing is written"] = AlreadyPriorAsync,
        ["as the run set it: restored and read back"] = AsSetAsync,
        ["changed by somebody: exposure is never raised, drift is recorded"] = ChangedAsync,
        ["newest first"] = NewestFirstAsync,
        ["failing: blocked, and undone once it works"] = FailingAsync,
        ["rollbackTo goes before the prior value"] = RollbackToAsync,
        ["changed nothing: journaled all the same"] = ChangedNothingAsync,
        ["intended but never sent: nothing is undone"] = NeverSentAsync,
        ["sent but unanswered: settled by reading back"] = UnansweredAsync,
        ["delivered again: sent once"] = DeliveredAgainAsync,
        ["older epoch: not sent"] = OlderEpochAsync,
        ["irreversible: left in place"] = IrreversibleAsync,
    };

    private static readonly Dictionary<string, Func<SentKind, Task>> Sent = new()
    {
        ["already prior: nothing is written"] = async kind =>
        {
            // A request that was surely refused has nothing to take back.
            kind.AnswerWith(409);
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.AlreadyPrior, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["POST /releases"], kind.Requests);
        },
        ["as the run set it: restored and read back"] = async kind =>
        {
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["POST /releases", "DELETE /releases"], kind.Requests);
        },
        ["newest first"] = async kind =>
        {
            await kind.SendAsync("first");
            await kind.SendAsync("second");
            Assert.Equal(["second", "first"], await kind.OrderAsync());
        },
        ["failing: blocked, and undone once it works"] = async kind =>
        {
            await kind.SendAsync();
            kind.AnswerWith(409);
            Assert.Equal(CompensationOutcome.Blocked, (await kind.UndoAsync()).Outcome);
            kind.AnswerWith(200);
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
        },
        ["sent but unanswered: settled by reading back"] = async kind =>
        {
            kind.AnswerWith(500);
            Assert.Equal(StepVerdict.Errored, (await kind.SendAsync(readBack: true)).Verdict);
            kind.AnswerWith(200);
            Assert.Equal(StepVerdict.Passed, (await kind.SendAsync(readBack: true)).Verdict);
            Assert.Single(kind.Requests, request => request == "POST /releases");
        },
        ["delivered again: sent once"] = async kind =>
        {
            await kind.SendAsync();
            await kind.SendAsync();
            Assert.Equal(["POST /releases"], kind.Requests);
        },
        ["older epoch: not sent"] = async kind =>
        {
            await kind.Journal.RaiseEpochAsync("run", 1, surface: null);
            Assert.Equal(StepVerdict.Errored, (await kind.SendAsync()).Verdict);
            Assert.Empty(kind.Requests);
        },
        ["irreversible: left in place"] = async kind =>
        {
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.LeftInPlace, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["POST /releases"], kind.Requests);
        },
    };

    private static readonly Dictionary<string, Func<WorkflowKind, Task>> Dispatched = new()
    {
        ["already prior: nothing is written"] = async kind =>
        {
            // A dispatch that was surely refused has nothing to take back.
            kind.Faults.Answer(WorkflowKind.Refusal("Workflow does not have 'workflow_dispatch' trigger"), when: WorkflowKind.IsDispatch);
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.AlreadyPrior, (await kind.UndoAsync()).Outcome);
            Assert.Empty(kind.Ran);
        },
        ["as the run set it: restored and read back"] = async kind =>
        {
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["deploy.yml", "undo.yml"], kind.Ran);
        },
        ["newest first"] = async kind =>
        {
            await kind.SendAsync("first");
            await kind.SendAsync("second");
            Assert.Equal(["second", "first"], await kind.OrderAsync());
        },
        ["failing: blocked, and undone once it works"] = async kind =>
        {
            await kind.SendAsync();
            kind.Conclusion = "failure";
            Assert.Equal(CompensationOutcome.Blocked, (await kind.UndoAsync()).Outcome);
            kind.Conclusion = "success";
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["deploy.yml", "undo.yml", "undo.yml"], kind.Ran);
        },
        ["sent but unanswered: settled by reading back"] = async kind =>
        {
            kind.Faults.LoseAnswer(when: WorkflowKind.IsDispatch);
            Assert.Equal(StepVerdict.Passed, (await kind.SendAsync()).Verdict);
            Assert.Equal(["deploy.yml"], kind.Ran);
        },
        ["delivered again: sent once"] = async kind =>
        {
            await kind.SendAsync();
            await kind.SendAsync();
            Assert.Equal(["deploy.yml"], kind.Ran);
        },
        ["older epoch: not sent"] = async kind =>
        {
            await kind.Journal.RaiseEpochAsync("run", 1, surface: null);
            Assert.Equal(StepVerdict.Errored, (await kind.SendAsync()).Verdict);
            Assert.Empty(kind.Ran);
        },
        ["irreversible: left in place"] = async kind =>
        {
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.LeftInPlace, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["deploy.yml"], kind.Ran);
        },
    };

    private static readonly Dictionary<(string Kind, string Rule), string> CannotApply = new()
    {
        [("http/request with undo", "changed by somebody: exposure is never raised, drift is recorded")] = "A request has no value that somebody else could change.",
        [("http/request with undo", "rollbackTo goes before the prior value")] = "A request has no prior value; rollbackTo is refused, undo is stated instead.",
        [("http/request with undo", "changed nothing: journaled all the same")] = "Whether a request changes anything, only its receiver knows; every one is journaled.",
        [("http/request with undo", "intended but never sent: nothing is undone")] = "A death between intent and sending cannot be told from one after it, so the undo is sent and says so.",
        [("http/request with undo", "irreversible: left in place")] = "It has an undo.",
        [("http/request irreversible", "as the run set it: restored and read back")] = "Nothing takes it back.",
        [("http/request irreversible", "changed by somebody: exposure is never raised, drift is recorded")] = "A request has no value that somebody else could change.",
        [("http/request irreversible", "failing: blocked, and undone once it works")] = "Nothing takes it back, so nothing can fail.",
        [("http/request irreversible", "rollbackTo goes before the prior value")] = "A request has no prior value; rollbackTo is refused.",
        [("http/request irreversible", "changed nothing: journaled all the same")] = "Whether a request changes anything, only its receiver knows; every one is journaled.",
        [("http/request irreversible", "intended but never sent: nothing is undone")] = "A death between intent and sending cannot be told from one after it; it is left in place and named.",
        [("github/workflow with undo", "changed by somebody: exposure is never raised, drift is recorded")] = "A workflow has no value that somebody else could change.",
        [("github/workflow with undo", "rollbackTo goes before the prior value")] = "A workflow has no prior value; rollbackTo is refused, undo is stated instead.",
        [("github/workflow with undo", "changed nothing: journaled all the same")] = "Whether a workflow changes anything, only it knows; every dispatch is journaled.",
        [("github/workflow with undo", "intended but never sent: nothing is undone")] = "A death between intent and dispatch cannot be told from one after it, so the undo is dispatched and says so.",
        [("github/workflow with undo", "irreversible: left in place")] = "It has an undo.",
        [("github/workflow irreversible", "as the run set it: restored and read back")] = "Nothing takes it back.",
        [("github/workflow irreversible", "changed by somebody: exposure is never raised, drift is recorded")] = "A workflow has no value that somebody else could change.",
        [("github/workflow irreversible", "failing: blocked, and undone once it works")] = "Nothing takes it back, so nothing can fail.",
        [("github/workflow irreversible", "rollbackTo goes before the prior value")] = "A workflow has no prior value; rollbackTo is refused.",
        [("github/workflow irreversible", "changed nothing: journaled all the same")] = "Whether a workflow changes anything, only it knows; every dispatch is journaled.",
        [("github/workflow irreversible", "intended but never sent: nothing is undone")] = "A death between intent and dispatch cannot be told from one after it; it is left in place and named.",
    };

    public static TheoryData<string, string> Table
    {
        get
        {
            var cells = new TheoryData<string, string>();
            foreach (var kind in Kinds)
            {
                foreach (var rule in Reversible.Keys.Where(rule => !CannotApply.ContainsKey((kind, rule)) && OnceRules.Apply(kind, rule))) cells.Add(kind, rule);
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Rule_OnKind_Holds(string kind, string rule)
    {
        if (kind.StartsWith("http/", StringComparison.Ordinal))
        {
            await using var sent = await SentKind.StartAsync(irreversible: kind.EndsWith("irreversible", StringComparison.Ordinal));
            await Sent[rule](sent);
            return;
        }

        if (kind.StartsWith("github/", StringComparison.Ordinal))
        {
            await using var dispatched = await WorkflowKind.StartAsync(irreversible: kind.EndsWith("irreversible", StringComparison.Ordinal));
            await Dispatched[rule](dispatched);
            return;
        }

        if (OnceRules.Kinds.Contains(kind))
        {
            await OnceRules.HoldAsync(kind, rule);
            return;
        }

        using var reversible = new ReversibleKind(kind);
        await reversible.PutByHandAsync(reversible.Values.Prior);
        await Reversible[rule](reversible);
    }

    [Fact]
    public void EveryKindThatChangesSomething_IsInTheTable() =>
        Assert.Equal(
            StepCatalog.BuiltIn.Registrations.Where(step => step.Kind.Effect != Playbooks.Steps.StepEffect.None).Select(step => step.Kind.Name).Order(),
            Kinds.Select(kind => kind.Split(' ')[0]).Distinct().Order());

    private static async Task AlreadyPriorAsync(ReversibleKind kind)
    {
        var effect = await kind.SetAsync(kind.Values.Set);
        await kind.PutByHandAsync(kind.Values.Prior);
        await kind.BeginAsync();
        Assert.Equal(CompensationOutcome.AlreadyPrior, (await kind.UndoAsync(effect)).Outcome);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
    }

    private static async Task AsSetAsync(ReversibleKind kind)
    {
        var effect = await kind.SetAsync(kind.Values.Set);
        Assert.Equal(kind.Values.Set, await kind.ReadAsync());
        await kind.BeginAsync();
        var result = await kind.UndoAsync(effect);
        Assert.Equal(CompensationOutcome.Restored, result.Outcome);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
        Assert.Equal(kind.Journaled(kind.Values.Prior).GetRawText(), result.ReadBack.GetRawText());
        Assert.Equal(EffectState.Compensated, (await kind.Journal.FindAsync(effect.EffectId))!.State);
    }

    private static async Task ChangedAsync(ReversibleKind kind)
    {
        var epoch = 0;
        foreach (var (prior, set, foreign, left) in kind.Interferences)
        {
            await kind.PutByHandAsync(prior);
            var effect = await kind.SetAsync(set, request => request with { Epoch = epoch++ });
            await kind.PutByHandAsync(foreign);
            await kind.BeginAsync();
            var result = await kind.UndoAsync(effect);
            Assert.Equal((CompensationOutcome.Drifted, left), (result.Outcome, await kind.ReadAsync()));
            Assert.Equal(EffectState.Drifted, (await kind.Journal.FindAsync(effect.EffectId))!.State);
        }
    }

    private static async Task NewestFirstAsync(ReversibleKind kind)
    {
        var older = await kind.SetAsync(kind.Values.Set);
        var newer = await kind.SetAsync(kind.Values.Later);
        Assert.Equal([newer.EffectId, older.EffectId], (await kind.BeginAsync()).Select(effect => effect.EffectId));
        Assert.Equal(CompensationOutcome.Blocked, (await kind.UndoAsync(older)).Outcome);
        Assert.Equal(kind.Values.Later, await kind.ReadAsync());
        await kind.UndoAsync(newer);
        Assert.Equal(kind.Values.Set, await kind.ReadAsync());
        await kind.UndoAsync(older);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
    }

    private static async Task FailingAsync(ReversibleKind kind)
    {
        var effect = await kind.SetAsync(kind.Values.Set);
        await kind.BeginAsync();
        kind.Break(true);
        var blocked = await kind.UndoAsync(effect);
        Assert.Equal(CompensationOutcome.Blocked, blocked.Outcome);
        Assert.Contains(effect.Target, blocked.Message, StringComparison.Ordinal);
        kind.Break(false);
        Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync(effect)).Outcome);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
    }

    private static async Task RollbackToAsync(ReversibleKind kind)
    {
        var effect = await kind.SetAsync(kind.Values.Set, request => request with { RollbackTo = kind.Json(kind.Values.Stated) });
        await kind.BeginAsync();
        await kind.UndoAsync(effect);
        Assert.Equal(kind.Values.Stated, await kind.ReadAsync());
    }

    private static async Task ChangedNothingAsync(ReversibleKind kind)
    {
        var effect = await kind.SetAsync(kind.Values.Prior);
        Assert.Equal(EffectState.Applied, effect.State);
        await kind.BeginAsync();
        Assert.Equal(CompensationOutcome.AlreadyPrior, (await kind.UndoAsync(effect)).Outcome);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
    }

    private static async Task NeverSentAsync(ReversibleKind kind)
    {
        var effect = await kind.IntendAsync(kind.Values.Prior, kind.Values.Set);
        await kind.BeginAsync();
        Assert.Equal(CompensationOutcome.AlreadyPrior, (await kind.UndoAsync(effect)).Outcome);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
    }

    private static async Task UnansweredAsync(ReversibleKind kind)
    {
        var effect = await kind.IntendAsync(kind.Values.Prior, kind.Values.Set);
        await kind.PutByHandAsync(kind.Values.Set);
        var writes = await kind.WritesAsync();
        Assert.Equal(StepVerdict.Passed, (await kind.TrySetAsync(kind.Values.Set, key: effect.EffectId)).Verdict);
        Assert.Equal((EffectState.Applied, writes), ((await kind.Journal.FindAsync(effect.EffectId))!.State, await kind.WritesAsync()));
        await kind.BeginAsync();
        Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync(effect)).Outcome);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
    }

    private static async Task DeliveredAgainAsync(ReversibleKind kind)
    {
        await kind.SetAsync(kind.Values.Set, key: "same");
        var writes = await kind.WritesAsync();
        await kind.SetAsync(kind.Values.Set, key: "same");
        Assert.Equal(writes, await kind.WritesAsync());
        Assert.Single(await kind.Journal.ListAsync("run"));
    }

    private static async Task OlderEpochAsync(ReversibleKind kind)
    {
        await kind.BeginAsync();
        Assert.Equal(StepVerdict.Errored, (await kind.TrySetAsync(kind.Values.Set)).Verdict);
        Assert.Equal(kind.Values.Prior, await kind.ReadAsync());
        Assert.Empty(await kind.Journal.ListAsync("run"));
    }

    private static async Task IrreversibleAsync(ReversibleKind kind)
    {
        var effect = await kind.SetAsync(kind.Values.Set, request => request with { Irreversible = true });
        await kind.BeginAsync();
        Assert.Equal(CompensationOutcome.LeftInPlace, (await kind.UndoAsync(effect)).Outcome);
        Assert.Equal(kind.Values.Set, await kind.ReadAsync());
        Assert.Equal(EffectState.LeftInPlace, (await kind.Journal.FindAsync(effect.EffectId))!.State);
    }
}
