using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class RegistrationTests
{
    [Fact]
    public void Registry_HoldsEveryExecutableKindAndWhatOrchestrationsCall()
    {
        using var rig = new StepRig();

        string[] kinds =
        [
            "alerts/silent", "announce", "artifact/verify", "checkpoint/append", "config/drift", "config/gates", "env/set", "evidence/attached", "flag/canary", "flag/rollout", "flag/set", "github/checks", "github/workflow", "http/idempotency", "http/probe", "http/rate-limit", "http/request", "incident/none", "incident/open", "manual/confirm", "metric/capture", "metric/threshold", "openapi/contract", "scenario/repeat", "shell/run", "signoff", "snapshot/parity", "snapshot/restore",
        ];
        string[] expected =
        [
            .. kinds,
            ActivityNames.BeginRollback, ActivityNames.Compensate, ActivityNames.Measure, ActivityNames.Notify, ActivityNames.Record, ActivityNames.GatherFacts,
            ActivityNames.ReadBack, ActivityNames.AcceptDrift, ActivityNames.SetAgain, ActivityNames.ReleaseLeases, ActivityNames.FindLaterChanges, ActivityNames.TakeCaptures, ActivityNames.FindOpenIncidents, ActivityNames.AnswerProtectionRule, ActivityNames.Deliver,
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), rig.ActivityNames.Order(StringComparer.Ordinal));
        Assert.Equal(kinds.Order(StringComparer.Ordinal), StepCatalog.BuiltIn.Kinds.Select(kind => kind.Name));
    }
}
