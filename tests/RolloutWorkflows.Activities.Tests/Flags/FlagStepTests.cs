using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

public sealed class FlagStepTests : IDisposable
{
    private readonly StepRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task Rollout_NewFlag_IsCreatedJournaledAndReadBack()
    {
        var result = await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 }, "run/1/1");

        Assert.Equal((StepVerdict.Passed, "flag:bar went from no flag to 10 %."), (result.Verdict, result.Message));
        Assert.Equal(JsonValueKind.Null, result.Outputs["before"].ValueKind);
        Assert.Equal(10, result.Outputs["percent"].GetDouble());
        Assert.Equal(10, await _rig.PercentAsync("bar"));
        var effect = Assert.Single(await _rig.Journal.ListAsync("run"));
        Assert.Equal(("run/1/1", "flag:bar", "flag/rollout", EffectState.Applied), (effect.EffectId, effect.Target, effect.Uses, effect.State));
        Assert.Equal((JsonValueKind.Null, 10d), (effect.Prior.ValueKind, effect.Intended.GetDouble()));
        Assert.Equal(effect.EffectId, result.Effect!.EffectId);
    }

    [Fact]
    public async Task Rollout_ChangesNothing_IsJournaledToo()
    {
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 10));

        var result = await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });

        Assert.Equal((StepVerdict.Passed, "flag:bar stood at 10 % already."), (result.Verdict, result.Message));
        Assert.Equal(10, Assert.Single(await _rig.Journal.ListAsync("run")).Prior.GetDouble());
    }

    [Fact]
    public async Task Rollout_IsAudited_WithRunStageStepAndActor()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });

        var line = Assert.Single(await _rig.Flags.AuditAsync("bar"));
        Assert.Equal(("ada", "web4, stage one, step step", "one", 1), (line.Actor, line.Reason, line.Stage, line.Attempt));
        Assert.Equal(new FlagFence("run", 0, 1), line.Fence);
    }

    [Fact]
    public async Task Canary_UsersGiven_ReplacesTheListAndKeepsThePercentage()
    {
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 3));
        await _rig.StepAsync("flag/canary", new { flag = "bar", users = new[] { "zoe", "ada" } });

        var result = await _rig.StepAsync("flag/canary", new { flag = "bar", users = new[] { "bob", "ada" } });

        Assert.Equal("flag:bar went from a canary of 2 users to a canary of 2 users.", result.Message);
        var flag = (await _rig.Flags.FindAsync("bar"))!;
        Assert.Equal((3d, FlagCanary.Of(true, ["ada", "bob"])), (flag.Percent, flag.Canary));
    }

    [Fact]
    public async Task Canary_Disabled_KeepsTheListForLater()
    {
        await _rig.StepAsync("flag/canary", new { flag = "bar", users = new[] { "ada" } });

        var result = await _rig.StepAsync("flag/canary", new { flag = "bar", enabled = false });

        Assert.Equal(StepVerdict.Passed, result.Verdict);
        Assert.Equal(FlagCanary.Of(false, ["ada"]), (await _rig.Flags.FindAsync("bar"))!.Canary);
    }

    [Fact]
    public async Task Set_OffAndOn_TurnsAPercentageFlagOffAndOn()
    {
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 50));

        var off = await _rig.StepAsync("flag/set", new { flag = "bar", value = false });
        Assert.Equal("flag:bar went from on to off.", off.Message);
        Assert.False((await _rig.Flags.FindAsync("bar"))!.Enabled);

        await _rig.StepAsync("flag/set", new { flag = "bar", value = true });
        Assert.Equal((true, 50d), ((await _rig.Flags.FindAsync("bar"))!.Enabled, (await _rig.Flags.FindAsync("bar"))!.Percent));
    }

    [Theory]
    [InlineData("flag/rollout", """{ "flag": "captions", "percent": 10 }""", "Flag 'captions' is a boolean flag: it has no percentage and no canary. Use flag/set, or another flag.")]
    [InlineData("flag/canary", """{ "flag": "captions", "users": ["ada"] }""", "Flag 'captions' is a boolean flag: it has no percentage and no canary. Use flag/set, or another flag.")]
    [InlineData("flag/rollout", """{ "flag": "off", "percent": 10 }""", "Flag 'off' is turned off (last changed by eve), and off beats everything: nobody would get it. Turn it on first.")]
    [InlineData("flag/rollout", """{ "flag": "a/b", "percent": 10 }""", "The flag's name 'a/b' holds a '/'.")]
    [InlineData("flag/canary", """{ "flag": "bar" }""", "flag/canary needs with.users: an enabled canary without users reaches nobody.")]
    [InlineData("flag/rollout", """{ "flag": "bar", "percent": 101 }""", "flag/rollout cannot run as configured: with.percent: expected a percentage from 0 to 100, got 101.")]
    public async Task FlagSteps_ThatCannotAct_AreErroredAndJournalNothing(string uses, string with, string expected)
    {
        await _rig.ByHandAsync("captions", FlagEdit.Enabled("captions", true));
        await _rig.ByHandAsync("off", FlagEdit.Percent("off", 0));
        await _rig.ByHandAsync("off", FlagEdit.Enabled("off", false));

        var result = await _rig.StepAsync(uses, JsonDocument.Parse(with).RootElement);

        Assert.Equal((StepVerdict.Errored, expected), (result.Verdict, result.Message));
        Assert.Empty(await _rig.Journal.ListAsync("run"));
    }

    [Fact]
    public async Task Rollout_ToZeroOfADisabledFlag_IsAllowed()
    {
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 10));
        await _rig.ByHandAsync("bar", FlagEdit.Enabled("bar", false));

        Assert.Equal(StepVerdict.Passed, (await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 0 })).Verdict);
    }
}
