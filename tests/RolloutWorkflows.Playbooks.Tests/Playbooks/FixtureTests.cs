using System.Text.Json;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>The other playbooks that the language was made for: it can say all of them, whatever carries them out.</summary>
public sealed class FixtureTests
{
    public static TheoryData<string> Fixtures => [.. PlaybookFiles.Fixtures.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Fixture_WithTheRealKinds_HasNoOtherProblemThanKindsOfLaterVersions(string file) =>
        Assert.Equal("", string.Join('\n', Load(file).Problems.Where(problem => problem.Code != ProblemCodes.NotExecutable.Code)));

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Fixture_WrittenAsJson_ReadsBackTheSame(string file)
    {
        var json = JsonSerializer.Serialize(Load(file).Playbook, PlaybookJson.Options);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Playbook>(json, PlaybookJson.Options), PlaybookJson.Options));
    }

    [Fact]
    public void Fixtures_Together_UseEveryKind()
    {
        var playbooks = PlaybookFiles.All.Select(path => PlaybookLoader.Load(File.ReadAllText(path), path, StepCatalog.BuiltIn).Playbook!).ToList();
        var used = JsonSerializer.Serialize(playbooks, PlaybookJson.Options);

        Assert.Equal([], StepCatalog.BuiltIn.Kinds.Select(kind => kind.Name).Where(kind => !used.Contains($"\"{kind}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Chain_TestnetSoak_CountsEpochsOnly()
    {
        var soak = Load("rpp-chain.yaml").Playbook!.FindStage("testnet")!.Soak!;

        Assert.Equal(TimeSpan.Zero, soak.For);
        Assert.Equal(new SoakCount { Metric = "finalized-epochs", Increase = 10 }, Assert.Single(soak.Count));
        Assert.Equal(SoakBreach.Reset, soak.OnBreach);
    }

    [Fact]
    public void Chain_Mainnet_GoesBackToTheCanaryWithinHalfAnHour()
    {
        var stage = Load("rpp-chain.yaml").Playbook!.FindStage("mainnet")!;

        Assert.Equal(new RollbackTarget { Kind = RollbackTargetKind.Stage, Stage = "canary-witness" }, stage.Rollback!.To);
        Assert.Equal(TimeSpan.FromMinutes(30), stage.Rollback.Objective);
        Assert.Equal(["release", "council"], stage.Approvals.Select(approval => approval.Name));
        Assert.Equal(new ApprovalThreshold { Numerator = 2, Denominator = 3 }, stage.Approvals[1].MinApprovals);
        Assert.Equal(ApprovalFallback.Reject, stage.Approvals[1].OnTimeout);
    }

    [Fact]
    public void Guardrail_WithOnlyWhatItNeeds_HasTheModelsDefaults()
    {
        var guardrail = PlaybookLoader.Load("""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: bare }
            spec:
              metrics:
                endorsements: { source: telemetry, value: endorsements }
              guardrails:
                - { metric: endorsements, failureCondition: result < 2 / 3 }
              stages:
                - name: only
                  steps: [ { uses: flag/set, with: { flag: credits, value: true } } ]
            """, "bare.yaml", StepCatalog.BuiltIn).Playbook!.Guardrails[0];
        var standard = new Guardrail { Name = guardrail.Name };

        Assert.Equal(standard with { Metric = "endorsements", FailureCondition = "result < 2 / 3", With = guardrail.With, Notify = guardrail.Notify }, guardrail);
    }

    private static PlaybookLoadResult Load(string file) => PlaybookLoader.Load(File.ReadAllText(PlaybookFiles.All.Single(path => Path.GetFileName(path) == file)), file, StepCatalog.BuiltIn);
}
