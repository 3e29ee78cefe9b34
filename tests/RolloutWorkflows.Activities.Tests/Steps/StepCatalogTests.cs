using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Activities.Tests;

public sealed class StepCatalogTests
{
    private static readonly string[] Actions =
    [
        "announce", "checkpoint/append", "config/gates", "env/set", "flag/canary", "flag/rollout", "flag/set",
        "github/workflow", "http/request", "incident/open", "metric/capture", "shell/run", "snapshot/restore",
    ];

    private static readonly string[] Checks =
    [
        "alerts/silent", "artifact/verify", "config/drift", "evidence/attached", "github/checks", "http/idempotency",
        "http/probe", "http/rate-limit", "incident/none", "manual/confirm", "metric/threshold", "openapi/contract",
        "scenario/repeat", "signoff", "snapshot/parity",
    ];

    [Fact]
    public void Kinds_OfTheLanguage_AreAllThereInOrder()
    {
        Assert.Equal(Actions, StepCatalog.BuiltIn.Kinds.Where(kind => kind.Role == StepRole.Action).Select(kind => kind.Name));
        Assert.Equal(Checks, StepCatalog.BuiltIn.Kinds.Where(kind => kind.Role == StepRole.Check).Select(kind => kind.Name));
        Assert.Equal(StepCatalog.BuiltIn.Kinds.Select(kind => kind.Name).Order(StringComparer.Ordinal), StepCatalog.BuiltIn.Kinds.Select(kind => kind.Name));
    }

    [Fact]
    public void TryFind_KnownAndUnknown_TellsThemApart()
    {
        Assert.True(StepCatalog.BuiltIn.TryFind("flag/rollout", out var kind));
        Assert.Equal("flag/rollout", kind.Name);
        Assert.False(StepCatalog.BuiltIn.TryFind("flag/rollouts", out _));
    }

    [Fact]
    public void Kind_FromItsRecord_StatesTypesBoundsAndDefaults()
    {
        Assert.True(StepCatalog.BuiltIn.TryFind("http/probe", out var probe));
        Assert.Equal(["url", "method", "headers", "expectStatus", "expectBody", "timeout"], probe.Parameters.Select(parameter => parameter.Name));
        Assert.Equal((StepParameterType.Url, true, null), (probe.Parameters[0].Type, probe.Parameters[0].Required, probe.Parameters[0].Default));
        Assert.Equal("GET", probe.Parameters[1].Default!.Value.GetString());
        Assert.Equal(["GET", "HEAD", "OPTIONS"], probe.Parameters[1].Values);
        Assert.Equal((100d, 599d, 200), (probe.Parameters[3].Minimum, probe.Parameters[3].Maximum, probe.Parameters[3].Default!.Value.GetInt32()));
        Assert.Equal("5s", probe.Parameters[5].Default!.Value.GetString());
    }

    [Fact]
    public void Parameters_WhereExpressionsAreForbidden_SayNo()
    {
        Assert.True(StepCatalog.BuiltIn.TryFind("metric/threshold", out var threshold));

        Assert.Equal([("metric", false), ("successCondition", false), ("failureCondition", false), ("baseline", false), ("minSampleSize", true)], threshold.Parameters.Select(parameter => (parameter.Name, parameter.AllowsExpressions)));
    }

    [Fact]
    public void Kinds_EachOne_IsExplainedAndItsExampleNamesItself()
    {
        Assert.All(StepCatalog.BuiltIn.Kinds, kind =>
        {
            Assert.EndsWith(".", kind.Summary, StringComparison.Ordinal);
            Assert.StartsWith($"uses: {kind.Name}\n", kind.Example, StringComparison.Ordinal);
            Assert.All(kind.Parameters, parameter => Assert.EndsWith(".", parameter.Description, StringComparison.Ordinal));
            Assert.Equal(kind.Parameters.Count, kind.Parameters.DistinctBy(parameter => parameter.Name).Count());
        });
    }

    [Fact]
    public void Kinds_ThatCannotBeTakenBack_ShowUndoOrIrreversibleInTheirExample()
    {
        Assert.All(StepCatalog.BuiltIn.Kinds.Where(kind => kind.Effect == StepEffect.Irreversible), kind =>
            Assert.True(kind.Example.Contains("irreversible: true", StringComparison.Ordinal) || kind.Example.Contains("undo:", StringComparison.Ordinal), kind.Name));
    }
}
