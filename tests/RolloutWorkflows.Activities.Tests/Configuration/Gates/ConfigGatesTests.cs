using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>config/gates</c> on real files: two nodes with a file each.</summary>
public sealed class ConfigGatesTests : IDisposable
{
    private const string Key = "run/1/1";
    private const string Before = "# node\n[rollout.feature_gates]   # by hand\nrewards =   false  # off\nwitness = false\n";

    private readonly string _root = Directory.CreateTempSubdirectory("gates-").FullName;
    private readonly StepRig _rig;

    public ConfigGatesTests()
    {
        _rig = new StepRig(services => services.AddSingleton(new PlaybookFileOptions { Root = _root }));
        foreach (var node in (string[])["one", "two", "three"]) Write(node, Before);
    }

    public void Dispose()
    {
        _rig.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Set_TwoNodes_ChangesTheirGatesOnly()
    {
        var result = await SetAsync(new { rewards = true });

        Assert.Equal((StepVerdict.Passed, "gates:nodes/{node}/node.toml#rollout.feature_gates[one,two](rewards) went from one/rewards=false, two/rewards=false to one/rewards=true, two/rewards=true."), (result.Verdict, result.Message));
        Assert.Equal(Before.Replace("rewards =   false", "rewards =   true", StringComparison.Ordinal), Text("one"));
        Assert.Equal(Text("one"), Text("two"));
        Assert.Equal(Before, Text("three"));
        Assert.Equal("""{"one/rewards":true,"two/rewards":true}""", result.Outputs["gates"].GetRawText());
    }

    [Fact]
    public async Task Rollback_RestoresTheVeryBytes()
    {
        await SetAsync(new { rewards = true, witness = true });

        Assert.Equal(CompensationOutcome.Restored, Assert.Single(await RollBackAsync()).Outcome);

        Assert.Equal([Before, Before, Before], new[] { Text("one"), Text("two"), Text("three") });
    }

    [Fact]
    public async Task Rollback_HalfDone_UndoesExactlyWhatWasDone()
    {
        await StopAfterTheFirstNodeAsync();

        var result = Assert.Single(await RollBackAsync());

        Assert.Equal(CompensationOutcome.Restored, result.Outcome);
        Assert.Equal([Before, Before], new[] { Text("one"), Text("two") });
    }

    [Fact]
    public async Task Redelivered_HalfDone_IsGoneOnWith()
    {
        await StopAfterTheFirstNodeAsync();

        Assert.Equal(StepVerdict.Passed, (await SetAsync(new { rewards = true }, Key)).Verdict);

        Assert.All(new[] { Text("one"), Text("two") }, text => Assert.Contains("rewards =   true", text, StringComparison.Ordinal));
        Assert.Equal(CompensationOutcome.Restored, Assert.Single(await RollBackAsync()).Outcome);
        Assert.Equal([Before, Before], new[] { Text("one"), Text("two") });
    }

    [Fact]
    public async Task Rollback_SomebodySwitchedAGateOnThatTheRunOnlyConfirmed_BecomesFalse()
    {
        await SetAsync(new { witness = false });
        Write("one", Before.Replace("witness = false", "witness = true", StringComparison.Ordinal));

        var result = Assert.Single(await RollBackAsync());

        // Its prior value is the lower one anyway.
        Assert.Equal((CompensationOutcome.Drifted, Before), (result.Outcome, Text("one")));
    }

    [Theory]
    [InlineData(false, "false")]
    [InlineData(true, "true")]
    public async Task Rollback_SomebodySwitchedOffWhatWasOnBefore_NeverSwitchesItOn(bool statesSafe, string left)
    {
        Write("one", Before.Replace("witness = false", "witness = true", StringComparison.Ordinal));
        await _rig.StepAsync("config/gates", new { file = "nodes/{node}/node.toml", table = "rollout.feature_gates", nodes = (string[])["one"], gates = new { witness = true }, safe = statesSafe ? (object)new { witness = true } : new { } });
        Write("one", Before);

        Assert.Equal(CompensationOutcome.Drifted, Assert.Single(await RollBackAsync()).Outcome);

        Assert.Contains($"witness = {left}", Text("one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollbackTo_StatedValue_IsWrittenInstead()
    {
        await _rig.StepAsync(Request(new { rewards = true }) with { RollbackTo = JsonSerializer.SerializeToElement(new { rewards = true }) });

        await RollBackAsync();

        Assert.Contains("rewards =   true", Text("one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redelivered_AfterItWasApplied_WritesNothing()
    {
        await SetAsync(new { rewards = true }, Key);
        var written = File.GetLastWriteTimeUtc(PathOf("one"));

        Assert.Equal(StepVerdict.Passed, (await SetAsync(new { rewards = true }, Key)).Verdict);

        Assert.Equal(written, File.GetLastWriteTimeUtc(PathOf("one")));
    }

    [Theory]
    [InlineData("node.yaml", "gates:\n  witness: False # off\n", "gates", "gates:\n  witness: true # off\n")]
    [InlineData("node.json", "{ \"gates\": { \"witness\": false } }", "gates", "{ \"gates\": { \"witness\": true } }")]
    [InlineData("node.env", "witness=false # off\n", "", "witness=true # off\n")]
    [InlineData("nodes.toml", "[nodes.one.gates]\nwitness = false\n[nodes.two.gates]\nwitness = false\n", "nodes.{node}.gates", "[nodes.one.gates]\nwitness = true\n[nodes.two.gates]\nwitness = false\n")]
    public async Task Set_EveryFormat_IsEditedInPlaceAndRestored(string file, string before, string table, string after)
    {
        await File.WriteAllTextAsync(Path.Combine(_root, file), before, TestContext.Current.CancellationToken);

        var result = await _rig.StepAsync("config/gates", new { file, table, gates = new { witness = true }, nodes = table.Contains("{node}", StringComparison.Ordinal) ? (string[])["one"] : [] });

        Assert.True(result.Verdict == StepVerdict.Passed, result.Message);
        Assert.Equal(after, await File.ReadAllTextAsync(Path.Combine(_root, file), TestContext.Current.CancellationToken));
        Assert.Equal(CompensationOutcome.Restored, Assert.Single(await RollBackAsync()).Outcome);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(_root, file), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{ "gates": { "reward": true } }""", "File nodes/one/node.toml has no rollout.feature_gates.reward; did you mean 'rollout.feature_gates.rewards'?")]
    [InlineData("""{ "gates": { "rewards": "on" } }""", "File nodes/one/node.toml: rollout.feature_gates.rewards is false, a boolean; expected a boolean to set it to, got \"on\".")]
    [InlineData("""{ "gates": { "rewards": [] } }""", "The gate rewards cannot be set to []: expected true, false, a number, or a text")]
    [InlineData("""{ "gates": {} }""", "config/gates has nothing to set: with.gates names none.")]
    [InlineData("""{ "nodes": [] }""", "{node} stands in file or table, and with.nodes names none.")]
    [InlineData("""{ "nodes": ["../../x"] }""", "'../../x' is no name of a node")]
    [InlineData("""{ "nodes": [".."] }""", "'..' is no name of a node")]
    [InlineData("""{ "file": "nodes/one/node.toml" }""", "with.nodes names nodes, and {node} stands neither in file nor in table")]
    [InlineData("""{ "file": "{environment}/{node}.toml" }""", "{environment} stands in file or table, and with.environment does not say which.")]
    [InlineData("""{ "safe": { "witness": true } }""", "with.safe names witness, which with.gates does not set.")]
    [InlineData("""{ "nodes": ["nine"] }""", "File nodes/nine/node.toml does not exist in")]
    public async Task Set_ThatCannotBeDone_ChangesNothingAndSaysWhy(string change, string message)
    {
        var request = Request(new { rewards = true });
        var with = new Dictionary<string, JsonElement>(request.With);
        foreach (var key in JsonDocument.Parse(change).RootElement.EnumerateObject()) with[key.Name] = key.Value;

        var result = await _rig.StepAsync(request with { With = with });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith(message, result.Message, StringComparison.Ordinal);
        Assert.Equal([Before, Before], new[] { Text("one"), Text("two") });
        Assert.Empty(await _rig.Journal.ListAsync("run"));
    }

    private static StepRequest Request(object gates) => StepRig.Request("config/gates", new { file = "nodes/{node}/node.toml", table = "rollout.feature_gates", gates, nodes = (string[])["one", "two"] });

    private Task<StepResult> SetAsync(object gates, string? key = null) => _rig.StepAsync(Request(gates), key);

    /// <summary>The process dies between the two files.</summary>
    private async Task StopAfterTheFirstNodeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_root, "nodes", "two", ".node.toml.rollout.tmp", "in-the-way"));
        Assert.Equal(StepVerdict.Errored, (await SetAsync(new { rewards = true }, Key)).Verdict);
        Directory.Delete(Path.Combine(_root, "nodes", "two", ".node.toml.rollout.tmp"), recursive: true);
        Assert.Contains("rewards =   true", Text("one"), StringComparison.Ordinal);
        Assert.Equal(Before, Text("two"));
    }

    private async Task<List<CompensationResult>> RollBackAsync()
    {
        var results = new List<CompensationResult>();
        var work = await _rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest { RunId = "run", Epoch = 1, To = RollbackTarget.Start, Stage = "one", Attempt = 1, OpenedStages = ["one"] });
        foreach (var effect in work.Effects)
            results.Add(await _rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest { RunId = "run", EffectId = effect.EffectId, Epoch = 1, Actor = "rollout", Reason = "test" }));
        return results;
    }

    private string PathOf(string node) => Path.Combine(_root, "nodes", node, "node.toml");

    private string Text(string node) => File.ReadAllText(PathOf(node));

    private void Write(string node, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(node))!);
        File.WriteAllText(PathOf(node), text);
    }
}
