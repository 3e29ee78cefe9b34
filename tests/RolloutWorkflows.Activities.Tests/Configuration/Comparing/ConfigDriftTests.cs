using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>config/drift</c> on real files.</summary>
public sealed class ConfigDriftTests : IDisposable
{
    private const string Reference = """
        [node]
        name = "mainnet"
        rpc_token = "reference"
        [consensus]
        timeout_ms = 500
        [rollout.feature_gates]
        malachite_consensus = true
        timetoke_rewards = true
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("drift-").FullName;
    private readonly StepRig _rig;

    public ConfigDriftTests()
    {
        _rig = new StepRig(services => services.AddSingleton(new PlaybookFileOptions { Root = _root }));
        File.WriteAllText(Path.Combine(_root, "reference.toml"), Reference);
    }

    public void Dispose()
    {
        _rig.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Drift_SameAsTheReferenceButForTheDeclaredGate_Passes()
    {
        var result = await CompareAsync(Reference.Replace("timetoke_rewards = true", "timetoke_rewards = false # later", StringComparison.Ordinal), new { timetoke_rewards = false });

        Assert.Equal((StepVerdict.Passed, "target.toml equals reference.toml but for the declared gates timetoke_rewards=false."), (result.Verdict, result.Message));
    }

    [Theory]
    [InlineData("timeout_ms = 500", "timeout_ms = 900", "{}", "consensus.timeout_ms: expected 500, got 900")]
    [InlineData("timeout_ms = 500", "timeout_ms = 500\ntimeout_mss = 1", "{}", "consensus.timeout_mss is unknown to reference.toml; did you mean 'consensus.timeout_ms'?")]
    [InlineData("timeout_ms = 500", "", "{}", "consensus.timeout_ms: expected 500, got nothing")]
    [InlineData("rpc_token = \"reference\"", "rpc_token = \"hunter2\"", "{}", "node.rpc_token: expected a value that is not shown, got a value that is not shown")]
    [InlineData("rewards = true", "rewards = false", "{}", "gate rollout.feature_gates.timetoke_rewards differs and no step declares it: expected true, got false")]
    [InlineData("", "", """{ "timetoke_rewards": false }""", "gate rollout.feature_gates.timetoke_rewards: expected false as declared, got true")]
    [InlineData("", "", """{ "timetoke_rewards": true }""", "gate rollout.feature_gates.timetoke_rewards is declared to differ as true, and reference.toml has the same: leave it out of gates")]
    [InlineData("", "", """{ "timetoke_reward": true }""", "gate rollout.feature_gates.timetoke_reward is declared and reference.toml has none; did you mean 'rollout.feature_gates.timetoke_rewards'?")]
    public async Task Drift_AnyOtherDifference_FailsAndNamesKeyExpectedAndGot(string of, string by, string gates, string difference)
    {
        var result = await CompareAsync(of.Length == 0 ? Reference : Reference.Replace(of, by, StringComparison.Ordinal), JsonDocument.Parse(gates).RootElement);

        Assert.Equal((StepVerdict.Failed, $"target.toml differs from reference.toml where it may not: {difference}."), (result.Verdict, result.Message));
        Assert.Equal([difference], result.Outputs["differences"].EnumerateArray().Select(each => each.GetString()));
        Assert.DoesNotContain("hunter2", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drift_IgnoredKeys_MayDifferAndBeMissing()
    {
        var target = Reference.Replace("name = \"mainnet\"", "address = \"10.0.0.1\"", StringComparison.Ordinal).Replace("500", "900", StringComparison.Ordinal);

        Assert.Equal(StepVerdict.Passed, (await CompareAsync(target, new { }, "node.*", "consensus.timeout_ms")).Verdict);
        Assert.Equal(StepVerdict.Failed, (await CompareAsync(target, new { }, "node.*")).Verdict);
    }

    [Theory]
    [InlineData("target.yaml", "node: { name: mainnet, rpc_token: reference }\nconsensus:\n  timeout_ms: 500\nrollout:\n  feature_gates: { malachite_consensus: true, timetoke_rewards: true }\n")]
    [InlineData("target.json", """{ "node": { "name": "mainnet", "rpc_token": "reference" }, "consensus": { "timeout_ms": 500 }, "rollout": { "feature_gates": { "malachite_consensus": true, "timetoke_rewards": true } } }""")]
    public async Task Drift_AnotherFormat_IsComparedByMeaning(string file, string text) => Assert.Equal(StepVerdict.Passed, (await CompareAsync(text, new { }, file)).Verdict);

    [Fact]
    public async Task Drift_EnvironmentFiles_AreComparedAsTexts()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "a.env"), "gate=true\nPORT='80'\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_root, "b.yaml"), "gate: false\nPORT: 80\n", TestContext.Current.CancellationToken);

        var result = await _rig.StepAsync("config/drift", new { file = "a.env", reference = "b.yaml", gates = new { gate = true } });

        Assert.Equal((StepVerdict.Passed, "a.env equals b.yaml but for the declared gates gate=true."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Drift_ConfigurationThatNoNodeWouldLoad_IsErroredWithItsLine()
    {
        var result = await CompareAsync("[node]\nname = \"x\nother = 1", new { });

        Assert.Equal((StepVerdict.Errored, "File target.toml, line 2, column 10: the text does not end on its line."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Drift_FileThatIsNotGranted_IsNotRead()
    {
        using var rig = new StepRig(services => services.AddSingleton(new PlaybookFileOptions { Root = _root }).AddSingleton(new Grants(new Dictionary<string, PlaybookGrant> { ["*"] = new() { Files = ["t*"] } })));

        var result = await rig.StepAsync("config/drift", new { file = "target.toml", reference = "reference.toml" });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("is not granted to playbook web4", (await CompareOtherAsync(rig)).Message, StringComparison.Ordinal);
    }

    private static Task<StepResult> CompareOtherAsync(StepRig rig) => rig.StepAsync("config/drift", new { file = "reference.toml", reference = "reference.toml" });

    private Task<StepResult> CompareAsync(string target, object gates, params string[] ignore) => CompareAsync(target, gates, "target.toml", ignore);

    private async Task<StepResult> CompareAsync(string target, object gates, string file, params string[] ignore)
    {
        if (!file.StartsWith("target.", StringComparison.Ordinal)) (file, ignore) = ("target.toml", [file, .. ignore]);
        await File.WriteAllTextAsync(Path.Combine(_root, file), target, TestContext.Current.CancellationToken);
        return await _rig.StepAsync("config/drift", new { file, reference = "reference.toml", table = "rollout.feature_gates", gates, ignore });
    }
}
