using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Web4;

/// <summary>web4-mycelia where nothing goes wrong.</summary>
public sealed class Web4GoodWayTests
{
    private static readonly string[] Users = [.. Enumerable.Range(0, 400).Select(number => $"user-{number}")];

    [Fact]
    [Requirement("A2", "web4-mycelia")]
    [Requirement("A7", "web4-mycelia")]
    [Requirement("G1", "web4-mycelia")]
    [Requirement("M1", "web4-mycelia")]
    [Requirement("M3", "web4-mycelia")]
    [Requirement("M8", "web4-mycelia")]
    public async Task Run_WithASoundService_WidensTheFlagStageByStageToEverybody()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync(Web4Scene.Leisurely());
        IReadOnlyList<string> before = [];
        foreach (var (stage, percent, banner) in new[]
        {
            ("one-percent", 1d, (string?)null),
            ("ten-percent", 10d, "🎯 New Feature Available: Intent Bar is now available for 10% of users."),
            ("fifty-percent", 50d, "🎯 New Feature Available: Intent Bar is now available for 50% of users."),
            ("everybody", 100d, "🎯 New Feature Available: Intent Bar is now available for everybody."),
        })
        {
            await run.UntilAsync(at => at.Stage == stage && at.State == RunState.Soaking, $"the soak of {stage}", pace: TimeSpan.FromHours(1));

            var shown = await service.ShownToAsync(Users);
            Assert.InRange(shown.Count, (percent - 4) / 100 * Users.Length, (percent + 4) / 100 * Users.Length);
            // Whoever has the feature keeps it.
            Assert.Subset(shown.ToHashSet(), before.ToHashSet());
            Assert.Equal(banner, service.Banner);
            before = shown;
        }

        await run.UntilAsync(at => at.Stages.All(stage => stage.State == StageState.Promoted), "the last promotion", pace: TimeSpan.FromMinutes(30));
        Assert.Equal(RunState.Soaking, (await run.Scenario.StatusAsync()).State);
        var promoted = run.Scenario.Now;
        await run.UntilAsync(at => at.State == RunState.Succeeded, "the end of the watch", pace: TimeSpan.FromMinutes(30));

        Assert.InRange(run.Scenario.Now - promoted, TimeSpan.FromHours(23), TimeSpan.FromHours(25));
        Assert.Equal(100, await run.Scenario.PercentAsync(Web4Scene.IntentBar));
        var record = await run.Scenario.RecordAsync();
        Assert.Equal(["preparation", "canary", "one-percent", "ten-percent", "fifty-percent", "everybody"], record.Where(entry => entry.Kind == RunLogKind.StagePromoted).Select(entry => entry.Stage));
        Assert.Equal([1d, 1, 3, 7, 1], (await run.Scenario.StatusAsync()).Stages.Skip(1).Select(stage => Math.Floor((stage.EndedAt! - stage.OpenedAt!).Value.TotalDays)));
    }

    [Theory]
    [InlineData("applets_v1_rollout", "Portable Applets")]
    [InlineData("live_captions_rollout", "Live Captions")]
    [InlineData("av1_encode_rollout", "AV1 encoding")]
    [InlineData("av1_decode_rollout", "AV1 decoding")]
    [Requirement("A2", "web4-mycelia")]
    public async Task Run_OfAnotherRolloutFlag_TakesTheSamePathAndTouchesNoOther(string flag, string feature)
    {
        await using var service = await Web4Scene.StartAsync(flag);
        await using var run = await service.RunAsync(inputs: new { serviceUrl = service.Origin, flag, feature });

        await run.UntilAsync(at => at.State == RunState.Succeeded, "success", skipsSoaks: true);

        Assert.Equal((flag, 100d), Assert.Single((await run.Scenario.Flags.ListAsync()).Select(state => (state.Name, state.Percent))));
        Assert.Equal($"🎯 New Feature Available: {feature} is now available for everybody.", service.Banner);
    }

    [Fact]
    [Requirement("A3", "web4-mycelia")]
    public async Task Canary_TrustedUsers_HaveTheFeatureAndNobodyElse()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();

        await run.UntilAsync(at => at.Stage == "canary" && at.State == RunState.Soaking, "the canary's soak");

        Assert.Equal(["ada", "grace", "linus", "margaret", "barbara"], await service.ShownToAsync(["ada", "grace", "linus", "margaret", "barbara", .. Users]));
    }

    [Fact]
    [Requirement("H1", "web4-mycelia")]
    public async Task Approvals_OfWidening_KeepWhoWhenWhyAndWhatTheySaw()
    {
        await using var service = await Web4Scene.StartAsync();
        await using var run = await service.RunAsync();
        await run.UntilAsync(at => at.Stage == "one-percent" && at.OpenApprovals.Count > 0, "the question after 1 %", skipsSoaks: true);
        var asked = (await run.Scenario.StatusAsync()).OpenApprovals[0];

        Assert.Equal(["grace", "linus"], asked.Electorate);
        Assert.Contains(asked.Shown.Lines, line => line.Contains("10", StringComparison.Ordinal));
        await run.Scenario.WhenAsync(RunVerb.Approve, "grace", "figures are fine", asked.ApprovalId, via: "cli");

        var vote = (await run.Scenario.RecordAsync()).Last(entry => entry.Kind == RunLogKind.CommandAccepted);
        Assert.Equal(("grace", "figures are fine"), (vote.Actor, vote.Reason));
        Assert.Equal(asked.Shown.Digest, vote.Data!.Value.GetProperty("shown").GetString());
        await run.UntilAsync(at => at.Stage == "ten-percent", "ten percent");
    }
}
