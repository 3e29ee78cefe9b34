using RolloutWorkflows.Counterparts;
using RolloutWorkflows.DurableTask.Testing;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>The whole way of an environment that waits: a signed webhook, the real server and its database, the App's answer.</summary>
public sealed class ProtectionRuleCircleTests
{
    private const string Playbook = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: node }
        spec:
          inputs: { commit: { type: string } }
          rollback: { to: start }
          stages:
            - name: small
              steps: [ { id: share, uses: flag/rollout, with: { flag: "node-${{ inputs.commit }}", percent: 10 } } ]
              soak: { for: 30m }
            - name: everybody
              steps: [ { id: share, uses: flag/rollout, with: { flag: "node-${{ inputs.commit }}", percent: 100 } } ]
        """;

    [Fact]
    public async Task Environment_AskedForByASignedWebhook_IsApprovedOnceItsStageIsPromotedAlsoAfterARestart()
    {
        var clock = new VirtualTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        await using var gitHub = await FakeGitHub.StartAsync(clock);
        gitHub.AddRepository("chain/node");
        gitHub.AddUser(100, "ada");
        var app = gitHub.AddApp(77, "rollout");
        var host = await RunningHost.StartAsync(folder => Prepare(folder, gitHub.Address, app), settings => settings with { TimeProvider = clock });
        gitHub.Webhooks.Secret = GitHubRig.Secret;
        gitHub.Webhooks.Target = new Uri(host.Address, "/webhooks/github");
        var run = await host.StartRunAsync("node", "ada", new { commit = "6dcb09b" });

        var waiting = await gitHub.RequestProtectionAsync(100, "chain/node", "production", app);
        await UntilAsync(clock, () => waiting.Verdicts.Count == 1);
        Assert.Equal((null, $"Run {run} of node has not promoted small yet."), (waiting.Verdicts[0].State, waiting.Verdicts[0].Comment));

        var data = host.Folder;
        await host.StopAsync();
        host = await RunningHost.StartAsync(change: settings => settings with { TimeProvider = clock }, folder: data);
        await using var restarted = host;
        for (var minutes = 0; minutes < 32; minutes++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await UntilAsync(clock, () => waiting.Verdicts.Count == 2);
        Assert.Equal(["production"], waiting.Verdicts.Select(verdict => verdict.Environment).Distinct());
        Assert.Equal([null, "approved"], waiting.Verdicts.Select(verdict => verdict.State));
        await host.WaitForAsync(run, details => details.Timeline.Any(line => line.Kind == RunLogKind.Announced && line.Message.Contains("production of chain/node", StringComparison.Ordinal)), "the answer in the record");
    }

    private static void Prepare(TemporaryFolder folder, Uri gitHub, FakeApp app)
    {
        folder.Write("app.pem", app.PrivateKey);
        folder.Write("hook.txt", GitHubRig.Secret);
        folder.Write("playbooks/node.yaml", Playbook);
        folder.Write("host.json", $$"""
            { "extensions": { "rollout": {
                "grants": { "*": { "flags": ["*"] } },
                "secrets": { "key": { "file": "app.pem" }, "hook": { "file": "hook.txt" } },
                "gitHub": {
                    "apiUrl": "{{gitHub}}", "app": { "id": 77, "privateKey": "key" }, "webhookSecret": "hook",
                    "protectionRules": { "chain/node": { "production": { "playbook": "node", "stage": "small", "input": "commit" } } } }
            } } }
            """);
    }

    private static async Task UntilAsync(VirtualTimeProvider clock, Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            await pace.WaitForNextTickAsync(deadline.Token);
            clock.Advance(TimeSpan.FromSeconds(5));
        }
    }
}
