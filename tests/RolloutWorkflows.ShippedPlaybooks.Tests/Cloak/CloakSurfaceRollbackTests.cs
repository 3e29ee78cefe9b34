using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>One surface of the marketplace is taken back after each of its steps, and nothing else is.</summary>
public sealed class CloakSurfaceRollbackTests
{
    /// <summary>Stage, step and the surface that it moves.</summary>
    public static TheoryData<string, string, string> Steps
    {
        get
        {
            var points = new TheoryData<string, string, string>();
            foreach (var stage in Shipped.Load("cloak-marketplace").Stages)
                foreach (var step in stage.Steps)
                    if ((step.Surface ?? stage.Surface) is { } surface) points.Add(stage.Name, step.Id, surface);
            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    [Requirement("B3", "cloak-marketplace", BadWay = true)]
    [Requirement("G6", "cloak-marketplace", BadWay = true)]
    public async Task Surface_TakenBackAfterAnyOfItsSteps_IsAsBeforeAndTheOthersAreUntouched(string stage, string step, string surface)
    {
        await using var scene = await CloakScene.StartAsync();
        await using var run = await scene.RunAsync(Shipped.Load("cloak-marketplace").UpTo(stage, step));
        await CloakScene.SoakOfAsync(run, stage);
        var (environment, others) = (scene.Environment, await OthersAsync(run, surface));
        var key = $"CLOAK_MARKETPLACE_{surface.ToUpperInvariant()}_ENABLED";
        Assert.Contains($"{key}=true\n", environment, StringComparison.Ordinal);

        await run.Scenario.WhenAsync(RunVerb.Rollback, "grace", "payments look odd", surface: surface);
        await run.UntilAsync(at => at.Surfaces.Single(one => one.Surface == surface).State == SurfaceState.RolledBack, $"{surface} rolled back");

        Assert.Equal(environment.Replace($"{key}=true\n", $"{key}=false\n", StringComparison.Ordinal), scene.Environment);
        Assert.DoesNotContain($"flag cloak_marketplace_{surface}", (await run.WorldAsync()).Keys);
        Assert.Equal(others, await OthersAsync(run, surface));
        Assert.All((await run.Scenario.StatusAsync()).Surfaces.Where(one => one.Surface != surface), one => Assert.Null(one.Rollback));
    }

    /// <summary>The flags of the other surfaces.</summary>
    private static async Task<List<KeyValuePair<string, string>>> OthersAsync(ShippedRollout run, string surface) =>
        [.. (await run.WorldAsync()).Where(thing => thing.Key.StartsWith("flag ", StringComparison.Ordinal) && thing.Key != $"flag cloak_marketplace_{surface}")];
}
