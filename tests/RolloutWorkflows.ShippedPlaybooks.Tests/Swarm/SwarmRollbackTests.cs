namespace RolloutWorkflows.ShippedPlaybooks.Tests.Swarm;

/// <summary>Both playbooks of the swarm break after each of their steps.</summary>
public sealed class SwarmRollbackTests
{
    public static TheoryData<string, string> CreditsSteps => Shipped.StepsOf("swarm-credits");

    public static TheoryData<string, string> HardeningSteps => Shipped.StepsOf("swarm-hardening");

    [Theory]
    [MemberData(nameof(CreditsSteps))]
    [Requirement("B3", "swarm-credits", BadWay = true)]
    public Task Credits_ConflictingRootsAfterAnyStep_EverythingIsAsBefore(string stage, string step) => CheckAsync("swarm-credits", stage, step);

    [Theory]
    [MemberData(nameof(HardeningSteps))]
    [Requirement("B3", "swarm-hardening", BadWay = true)]
    public Task Hardening_ConflictingRootsAfterAnyStep_EverythingIsAsBefore(string stage, string step) => CheckAsync("swarm-hardening", stage, step);

    private static async Task CheckAsync(string playbook, string stage, string step)
    {
        await using var swarm = await SwarmScene.StartAsync();
        await using var run = await ShippedRollout.StartAsync(swarm.Start(Shipped.Load(playbook).UpTo(stage, step)));

        await RollbackEverywhere.CheckAsync(run, stage, breach: () =>
        {
            swarm.Swarm.Switch("conflicting-roots", on: true);
            return Task.CompletedTask;
        });
    }
}
