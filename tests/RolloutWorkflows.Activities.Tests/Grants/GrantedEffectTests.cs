using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>A step that would touch what its playbook is not granted does nothing, whatever named its target.</summary>
public sealed class GrantedEffectTests
{
    [Theory]
    [InlineData("flag/set", """{ "flag": "billing", "value": true }""", "flag 'billing' is not granted")]
    [InlineData("flag/rollout", """{ "flag": "billing", "percent": 10 }""", "flag 'billing' is not granted")]
    [InlineData("flag/canary", """{ "flag": "billing", "users": ["ada"] }""", "flag 'billing' is not granted")]
    [InlineData("http/request", """{ "url": "http://127.0.0.1:9/" }""", "address http://127.0.0.1:9 is not granted")]
    public async Task Effect_OnWhatIsNotGranted_IsRefused(string uses, string with, string refusal)
    {
        using var rig = new StepRig(services => services.AddSingleton(new Grants(new Dictionary<string, PlaybookGrant> { ["web4"] = new() { Flags = ["bar"] } })));

        var result = await rig.StepAsync(uses, System.Text.Json.JsonDocument.Parse(with).RootElement);

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains(refusal, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(await rig.Journal.ListAsync("run"), effect => effect.State == EffectState.Applied);
        Assert.Empty(await rig.Flags.ListAsync());
    }

    [Fact]
    public async Task Effect_OnAFileThatIsNotGranted_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("rollout-grants-").FullName;
        try
        {
            var file = Path.Combine(folder, "web.env");
            await File.WriteAllTextAsync(file, "A=1\n", TestContext.Current.CancellationToken);
            using var rig = new StepRig(services => services
                .AddSingleton(new Grants(new Dictionary<string, PlaybookGrant> { ["web4"] = new() { Files = ["other.env"] } }))
                .AddSingleton(new PlaybookFileOptions { Root = folder }));

            var result = await rig.StepAsync("env/set", new { file = "web.env", values = new { A = "2" } });

            Assert.Contains("file 'web.env' is not granted", result.Message, StringComparison.Ordinal);
            Assert.Equal("A=1\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
