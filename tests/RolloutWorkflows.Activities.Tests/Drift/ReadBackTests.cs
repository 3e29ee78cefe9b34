using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using Names = RolloutWorkflows.Orchestrations.ActivityNames;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Reading back what a run set, by every kind that has a readable value.</summary>
public sealed class ReadBackTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rollout-drift-");
    private readonly StepRig _rig;

    public ReadBackTests() => _rig = new StepRig(services => services.AddSingleton(new PlaybookFileOptions { Root = _folder.FullName }));

    public void Dispose()
    {
        _rig.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task FlagRollout_ChangedByHand_Drifts()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });
        Assert.Empty((await LookAsync()).Drifted);

        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 0));

        var drifted = Assert.Single((await LookAsync()).Drifted);
        Assert.Equal(("flag:bar", "10 %", "0 %", "one"), (drifted.Target, drifted.Expected, drifted.Found, drifted.Stage));
        Assert.NotNull(drifted.By);
    }

    [Fact]
    public async Task FlagCanary_UserAddedByHand_Drifts()
    {
        await _rig.StepAsync("flag/canary", new { flag = "bar", users = new[] { "u1" } });
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 50));
        Assert.Empty((await LookAsync()).Drifted);

        await _rig.ByHandAsync("bar", FlagEdit.AddToCanary("bar", ["u2"]));

        Assert.Equal(("a canary of 1 user", "a canary of 2 users"), Assert.Single((await LookAsync()).Drifted) is var drifted ? (drifted.Expected, drifted.Found) : default);
    }

    [Fact]
    public async Task FlagSet_TurnedOffByHand_Drifts()
    {
        await _rig.StepAsync("flag/set", new { flag = "captions", value = true });

        await _rig.ByHandAsync("captions", FlagEdit.Enabled("captions", false));

        Assert.Equal(("on", "off"), Assert.Single((await LookAsync()).Drifted) is var drifted ? (drifted.Expected, drifted.Found) : default);
    }

    [Fact]
    public async Task EnvSet_FileEditedByHand_Drifts()
    {
        var file = Path.Combine(_folder.FullName, "web.env");
        await File.WriteAllTextAsync(file, "OTHER=1\n");
        Assert.Equal(StepVerdict.Passed, (await _rig.StepAsync("env/set", new { file = "web.env", values = new Dictionary<string, string> { ["GATE"] = "on" } })).Verdict);
        await File.WriteAllTextAsync(file, "OTHER=2\nGATE=on\n");
        Assert.Empty((await LookAsync()).Drifted);

        await File.WriteAllTextAsync(file, "OTHER=2\nGATE=off\n");
        Assert.Equal(("GATE=on", "GATE=off"), Assert.Single((await LookAsync()).Drifted) is var drifted ? (drifted.Expected, drifted.Found) : default);

        File.Delete(file);
        var look = await LookAsync();
        Assert.Empty(look.Drifted);
        Assert.StartsWith("env:web.env#GATE cannot be read: ", Assert.Single(look.Unreadable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LaterStepOnTheSameTarget_DecidesWhatIsExpected()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 50 });
        Assert.Empty((await LookAsync()).Drifted);

        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 10));

        Assert.Equal("50 %", Assert.Single((await LookAsync()).Drifted).Expected);
    }

    [Fact]
    public async Task StepUnderWay_IsNoDrift()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });
        await _rig.Journal.IntendAsync((await _rig.Journal.ListAsync("run"))[0] with { EffectId = "next", Intended = JsonSerializer.SerializeToElement(50d) });
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 50));

        Assert.Empty((await LookAsync()).Drifted);
    }

    [Fact]
    public async Task Undone_IsNotLookedAtAnyMore()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });
        await _rig.Journal.SettleAsync((await _rig.Journal.ListAsync("run"))[0].EffectId, EffectState.Compensated);
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 50));

        Assert.Empty((await LookAsync()).Drifted);
    }

    [Fact]
    public async Task SetAgain_ValueChangedOnceMoreMeanwhile_IsLeftAlone()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 50));
        var shown = (await LookAsync()).Drifted;
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 0));

        var settled = await _rig.CallAsync<DriftSettled>(Names.SetAgain, Settlement(shown));

        Assert.Equal("0 %", Assert.Single(settled.Left).Found);
        Assert.Equal(0, await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task SetAgain_RolledBackMeanwhile_IsLeftAlone()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 0));
        var shown = (await LookAsync()).Drifted;
        await _rig.Journal.RaiseEpochAsync("run", 1, surface: null);

        await _rig.CallAsync<DriftSettled>(Names.SetAgain, Settlement(shown));

        Assert.Equal(0, await _rig.PercentAsync("bar"));
    }

    [Fact]
    public async Task SetAgain_DeliveredTwice_SetsOnce()
    {
        await _rig.StepAsync("flag/rollout", new { flag = "bar", percent = 10 });
        await _rig.ByHandAsync("bar", FlagEdit.Percent("bar", 50));
        var shown = (await LookAsync()).Drifted;
        await _rig.CallAsync<DriftSettled>(Names.SetAgain, Settlement(shown));
        await _rig.CallAsync<DriftSettled>(Names.SetAgain, Settlement(shown));

        Assert.Equal(10, await _rig.PercentAsync("bar"));
        Assert.Single(await _rig.Flags.AuditAsync("bar"), entry => entry is { Outcome: FlagChangeOutcome.Changed, Reason: "set again after drift: not agreed" });
    }

    private Task<ReadBackResult> LookAsync() => _rig.CallAsync<ReadBackResult>(Names.ReadBack, "run");

    private static DriftSettlement Settlement(IReadOnlyList<DriftedTarget> shown) => new() { RunId = "run", Epoch = 0, Actor = "bob", Reason = "not agreed", Targets = shown };
}
