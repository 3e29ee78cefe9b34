using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>web4-mycelia goes back: after each of its steps, at once, gradually, and in an emergency.</summary>
public sealed class Web4RollbackTests
{
    public static TheoryData<string, string> Steps => Shipped.StepsOf("web4-mycelia");

    [Theory]
    [MemberData(nameof(Steps))]
    [Requirement("B3", "web4-mycelia", BadWay = true)]
    public async Task ErrorRate_AboveItsLimitAfterAnyStep_EverythingIsAsBefore(string stage, string step)
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync(Shipped.Load("web4-mycelia").UpTo(stage, step));

        await RollbackEverywhere.CheckAsync(run, stage, breach: () =>
        {
            service.Break("broken");
            return Task.CompletedTask;
        });

        Assert.Empty(await service.ShownToAsync(["ada", "user-1", "user-2", "user-3", "user-4", "user-5"]));
    }

    [Theory]
    [InlineData("canary", 1)]
    [InlineData("one-percent", 1)]
    [InlineData("ten-percent", 60)]
    [InlineData("fifty-percent", 30)]
    [InlineData("everybody", 1)]
    [Requirement("B1", "web4-mycelia")]
    public async Task ErrorRate_AboveItsLimit_IsTakenBackWithinTheStagesObjective(string stage, int minutes)
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == stage && at.State == RunState.Soaking, $"the soak of {stage}", skipsSoaks: true);

        service.Break("broken");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback");

        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.Equal((Actors.Rollout, TimeSpan.FromMinutes(minutes), true), (report.Actor, report.Objective, report.ObjectiveMet));
        Assert.Equal(0, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
    }

    [Fact]
    [Requirement("B1", "web4-mycelia", BadWay = true)]
    public async Task FlagStore_AwayDuringTheRollback_ObjectiveIsMissedAndSaidSo()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "one-percent" && at.State == RunState.Soaking, "the soak at 1 %", skipsSoaks: true);

        run.Scenario.FlagWrites.Broken = true;
        service.Break("broken");
        await run.UntilAsync(at => at.Rollback?.BlockedBy is not null, "a blocked rollback");
        await run.Scenario.WhenTimePassesAsync(TimeSpan.FromMinutes(10));
        run.Scenario.FlagWrites.Broken = false;
        await run.UntilAsync(at => at.State == RunState.RolledBack, "a rollback once the flags can be written");

        var report = (await run.Scenario.StatusAsync()).Rollback!;
        Assert.False(report.ObjectiveMet);
        Assert.True(report.Took > TimeSpan.FromMinutes(10), $"{report.Took}");
        Assert.Equal(0, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
    }

    [Fact]
    [Requirement("B2", "web4-mycelia")]
    public async Task RollbackTo25_AtHalfOfTheUsers_FallsToAQuarterAndLaterToNobody()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        var users = Enumerable.Range(0, 200).Select(number => $"user-{number}").ToList();
        await run.UntilAsync(at => at.Stage == "fifty-percent" && at.State == RunState.Soaking, "the soak at 50 %", skipsSoaks: true);
        var half = await service.ShownToAsync(users);

        await run.Scenario.WhenAsync(RunVerb.Rollback, "grace", "half of the users is too many", to: "25");
        await run.UntilAsync(at => at.State == RunState.RolledBack, "the gradual rollback");

        Assert.Equal(25, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
        var quarter = await service.ShownToAsync(users);
        Assert.InRange(quarter.Count, 30, 70);
        Assert.Subset(half.ToHashSet(), quarter.ToHashSet());

        await run.Scenario.WhenAsync(RunVerb.Rollback, "grace", "now all of it", to: "start");
        await run.UntilAsync(at => at.State == RunState.RolledBack && at.Rollback!.To == "start", "the emergency rollback");
        Assert.Empty(await service.ShownToAsync([.. users, "ada"]));
    }

    [Theory]
    [InlineData("75", "no less than the 50 % of stage fifty-percent")]
    [InlineData("50%", "no less than the 50 % of stage fifty-percent")]
    [InlineData("everybody", "it cannot go back to 'everybody' from fifty-percent")]
    [InlineData("yesterday", "expected start, stage-start, a percentage, or a stage before it: preparation, canary, one-percent, ten-percent")]
    [Requirement("B2", "web4-mycelia", BadWay = true)]
    public async Task RollbackTo_WhatWouldRaiseExposureOrIsNotThere_IsRefusedAndChangesNothing(string to, string expected)
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "fifty-percent" && at.State == RunState.Soaking, "the soak at 50 %", skipsSoaks: true);

        var answer = await run.Scenario.WhenAsync(RunVerb.Rollback, "grace", "back", to: to);

        Assert.Equal(RunLogKind.CommandRefused, answer.Kind);
        Assert.Contains(expected, answer.Message, StringComparison.Ordinal);
        Assert.Equal(50, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
    }
}
