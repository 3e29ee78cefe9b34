using CloakMarketplace;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>cloak-marketplace breaks after each of its steps.</summary>
public sealed class CloakRollbackTests
{
    public static TheoryData<string, string> Steps => Shipped.StepsOf("cloak-marketplace");

    [Theory]
    [MemberData(nameof(Steps))]
    [Requirement("B3", "cloak-marketplace", BadWay = true)]
    public async Task Replays_NotSafeAfterAnyStep_EverythingIsAsBefore(string stage, string step)
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync(Shipped.Load("cloak-marketplace").UpTo(stage, step));

        await CloakScene.SoakOfAsync(run, stage);
        await RollbackEverywhere.CheckAsync(run, stage, breach: () =>
        {
            scene.Faults.Set(Faults.BrokenIdempotency, broken: true);
            return Task.CompletedTask;
        });

        Assert.Equal(CloakScene.EnvironmentBefore, scene.Environment);
    }
}
