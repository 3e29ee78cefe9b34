using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>The rules of going back on kinds that do something once; rows of <see cref="RollbackRuleTests"/>.</summary>
internal static class OnceRules
{
    public static readonly string[] Kinds = ["shell/run with undo", "shell/run irreversible", "snapshot/restore with undo", "snapshot/restore irreversible"];

    /// <summary>Rules that need a value which stands somewhere: what is done once has none, takes no rollbackTo, and is journaled whatever it does.</summary>
    private static readonly string[] OfValues =
    [
        "changed by somebody: exposure is never raised, drift is recorded", "rollbackTo goes before the prior value", "changed nothing: journaled all the same",
    ];

    private static readonly Dictionary<string, Func<OnceKind, Task>> Rules = new()
    {
        ["already prior: nothing is written"] = async kind =>
        {
            // What could surely not be begun has nothing to take back.
            kind.Refuse();
            Assert.NotEqual(StepVerdict.Passed, (await kind.SendAsync()).Verdict);
            Assert.Equal(CompensationOutcome.AlreadyPrior, (await kind.UndoAsync()).Outcome);
            Assert.Empty(kind.Done);
        },
        ["as the run set it: restored and read back"] = async kind =>
        {
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["do", "undo"], kind.Done);
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
            kind.FailUndo(true);
            Assert.Equal(CompensationOutcome.Blocked, (await kind.UndoAsync()).Outcome);
            kind.FailUndo(false);
            Assert.Equal(CompensationOutcome.Restored, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["do", "undo"], kind.Done);
        },
        ["intended but never sent: nothing is undone"] = async kind =>
        {
            await kind.SendAsync();
            await kind.ForgetSendingAsync(Assert.Single(await kind.Journal.ListAsync("run")));
            Assert.Equal(CompensationOutcome.AlreadyPrior, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["do"], kind.Done);
        },
        ["sent but unanswered: settled by reading back"] = async kind =>
        {
            await kind.SendAsync();
            var effect = Assert.Single(await kind.Journal.ListAsync("run"));
            await kind.Journal.SettleAsync(effect.EffectId, EffectState.Intended, effect.Intended);
            Assert.Equal(StepVerdict.Passed, (await kind.SendAsync()).Verdict);
            Assert.Equal(["do"], kind.Done);
        },
        ["delivered again: sent once"] = async kind =>
        {
            await kind.SendAsync();
            await kind.SendAsync();
            Assert.Equal(["do"], kind.Done);
        },
        ["older epoch: not sent"] = async kind =>
        {
            await kind.Journal.RaiseEpochAsync("run", 1, surface: null);
            Assert.Equal(StepVerdict.Errored, (await kind.SendAsync()).Verdict);
            Assert.Empty(kind.Done);
        },
        ["irreversible: left in place"] = async kind =>
        {
            await kind.SendAsync();
            Assert.Equal(CompensationOutcome.LeftInPlace, (await kind.UndoAsync()).Outcome);
            Assert.Equal(["do"], kind.Done);
        },
    };

    /// <summary>Rules that need an undo, and the one that needs none.</summary>
    public static bool Apply(string kind, string rule) => !Kinds.Contains(kind) || (!OfValues.Contains(rule) && rule switch
    {
        "as the run set it: restored and read back" or "failing: blocked, and undone once it works" => !IsIrreversible(kind),
        "irreversible: left in place" => IsIrreversible(kind),
        _ => true,
    });

    public static async Task HoldAsync(string kind, string rule)
    {
        await using OnceKind once = kind.StartsWith("shell/", StringComparison.Ordinal) ? new CommandKind { IsIrreversible = IsIrreversible(kind) } : await RestoreKind.StartAsync(IsIrreversible(kind));
        await Rules[rule](once);
    }

    private static bool IsIrreversible(string kind) => kind.EndsWith("irreversible", StringComparison.Ordinal);
}
