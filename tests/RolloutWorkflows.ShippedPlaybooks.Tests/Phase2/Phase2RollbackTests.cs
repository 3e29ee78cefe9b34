using Phase2Api;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Phase2;

/// <summary>phase2-api breaks after each of its steps.</summary>
public sealed class Phase2RollbackTests
{
    public static TheoryData<string, string> Steps => Shipped.StepsOf("phase2-api");

    [Theory]
    [MemberData(nameof(Steps))]
    [Requirement("B1", "phase2-api", BadWay = true)]
    public async Task Health_FailsAfterAnyStep_EverythingIsAsBefore(string stage, string step)
    {
        await using var scene = await Phase2Scene.StartAsync();
        await using var run = await scene.RunAsync(Shipped.Load("phase2-api").UpTo(stage, step));

        await RollbackEverywhere.CheckAsync(run, stage, breach: () =>
        {
            scene.Faults.Switch(Faults.Health, on: true);
            return Task.CompletedTask;
        });
    }
}
