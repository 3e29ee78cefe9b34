using RppChain;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Rpp;

/// <summary>rpp-chain breaks after each of its steps.</summary>
public sealed class RppRollbackTests
{
    public static TheoryData<string, string> Steps => Shipped.StepsOf("rpp-chain");

    [Theory]
    [MemberData(nameof(Steps))]
    [Requirement("B3", "rpp-chain", BadWay = true)]
    public async Task Chain_HaltsAfterAnyStep_EverythingIsAsBefore(string stage, string step)
    {
        await using var scene = await RppScene.StartAsync();
        await using var run = await scene.RunAsync(Shipped.Load("rpp-chain").UpTo(stage, step));

        await RollbackEverywhere.CheckAsync(run, stage, breach: () =>
        {
            scene.Chain.SetFault(Fault.LatencySpike, on: true);
            return Task.CompletedTask;
        });
    }
}
