using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class ShippedChainTests
{
    [Theory]
    [InlineData("testnet", 10)]
    [InlineData("canary-rewards", 3)]
    [InlineData("canary-witness", 7)]
    public void Chain_Soak_CountsEpochsOnly(string stage, double epochs)
    {
        var soak = Load().Playbook!.FindStage(stage)!.Soak!;

        Assert.Equal(TimeSpan.Zero, soak.For);
        Assert.Equal(new SoakCount { Metric = "finalized-epochs", Increase = epochs }, Assert.Single(soak.Count));
    }

    [Fact]
    public void Chain_Mainnet_GoesBackToTheCanaryWithinHalfAnHourAndNeedsTheCouncilToTryAgain()
    {
        var stage = Load().Playbook!.FindStage("mainnet")!;

        Assert.Equal(new RollbackTarget { Kind = RollbackTargetKind.Stage, Stage = "canary-witness" }, stage.Rollback!.To);
        Assert.Equal(TimeSpan.FromMinutes(30), stage.Rollback.Objective);
        Assert.Equal(new ApprovalThreshold { Numerator = 2, Denominator = 3 }, stage.Retry!.Approval.MinApprovals);
    }

    private static PlaybookLoadResult Load() => PlaybookLoader.Load(Repository.Read("playbooks", "rpp-chain.yaml"), "rpp-chain.yaml", StepCatalog.BuiltIn);
}
