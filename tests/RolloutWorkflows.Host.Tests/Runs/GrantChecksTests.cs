using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Host.Tests.Runs;

/// <summary>What a playbook would touch without a grant keeps it from starting.</summary>
public sealed class GrantChecksTests
{
    private const string Touching = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: touching }
        spec:
          channels: { releaseIssue: { repository: chain/releases } }
          inputs:
            flag: { type: string, default: bar }
          metrics: { errors: { source: status, value: errorRate } }
          guardrails:
            - { name: up, uses: http/probe, with: { url: "http://127.0.0.1:7080/health" }, interval: 1m, onFailed: rollback }
          rollback: { to: start }
          stages:
            - name: some
              ready:
                - { uses: http/probe, with: { url: "https://api.example.com/ready" } }
                - { uses: github/checks, with: { repository: chain/node, ref: main } }
              steps:
                - { id: share, uses: flag/rollout, with: { flag: "${{ inputs.flag }}", percent: 10 } }
                - { id: variables, uses: env/set, with: { file: web.env, values: { ON: "true" } } }
                - { id: build, uses: github/workflow, with: { repository: chain/node, workflow: build.yml }, irreversible: true }
                - id: deploy
                  uses: http/request
                  with: { url: "https://deploy.example.com/releases" }
                  undo: { uses: http/request, with: { url: "https://undo.example.com/releases" } }
        """;

    [Fact]
    public void Playbook_WithoutGrants_IsToldEverythingItWouldTouch()
    {
        var refusals = Refusals(new Grants(new Dictionary<string, PlaybookGrant>()));

        Assert.Collection(
            refusals.Order(StringComparer.Ordinal),
            one => Assert.StartsWith("channels.releaseIssue: repository chain/releases is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("guardrail up: address http://127.0.0.1:7080 is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("stage some, step build: workflow 'chain/node:build.yml' is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("stage some, step deploy: address https://deploy.example.com is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("stage some, step ready-github-checks-2: repository chain/node is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("stage some, step ready-http-probe-1: address https://api.example.com is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("stage some, step share: flag 'bar' is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("stage some, step variables: file 'web.env' is not granted", one, StringComparison.Ordinal),
            one => Assert.StartsWith("stage some, undo of step deploy: address https://undo.example.com is not granted", one, StringComparison.Ordinal));
    }

    [Fact]
    public void Playbook_WithEveryGrant_MayStart() => Assert.Empty(Refusals(Grants.Everything));

    [Fact]
    public void Input_NamesAFlagThatIsNotGranted_IsRefused()
    {
        var grants = new Grants(new Dictionary<string, PlaybookGrant> { ["touching"] = new() { Flags = ["bar"] } });

        Assert.Contains(Refusals(grants, "billing"), one => one.Contains("flag 'billing' is not granted", StringComparison.Ordinal));
        Assert.DoesNotContain(Refusals(grants, "bar"), one => one.Contains("flag 'bar'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_WithoutGrants_IsRefusedWithWhatToAdd()
    {
        await using var host = await RunningHost.StartAsync(folder =>
        {
            SamplePlaybooks.Prepare(folder);
            folder.Write("host.json", """{ "extensions": { "rollout": { "allowPlaybookPeople": true } } }""");
        });

        using var answer = await host.Http.PostAsync("/api/rollouts", new StringContent("""{ "playbook": "tiny", "as": "ada" }""", System.Text.Encoding.UTF8, "application/json"));
        var problem = await RunningHost.ProblemAsync(answer);

        Assert.Equal("not-startable", problem.Code);
        Assert.Contains(problem.Problems!, one => one.Contains("under extensions.rollout.grants.\"tiny\" in host.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Catalog_OfAPlaybookWithoutGrants_SaysSoBeforeAnybodyStartsIt()
    {
        await using var host = await RunningHost.StartAsync(folder => folder.Write("playbooks/tiny.yaml", SamplePlaybooks.Tiny));

        var playbook = (await host.GetJsonAsync("/api/playbooks"))[0];

        Assert.False(playbook.GetProperty("startable").GetBoolean());
        Assert.Contains("is not granted to playbook tiny", playbook.GetProperty("problems")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Playbook_ThatCallsTheServerItself_IsNotCalledEvenWhereGranted()
    {
        var origin = $"http://127.0.0.1:{FreePort()}";
        await using var host = await RunningHost.StartAsync(
            folder =>
            {
                folder.Write("host.json", $$"""{ "extensions": { "rollout": { "allowPlaybookPeople": true, "grants": { "*": { "flags": ["*"], "egress": ["{{origin}}"] } } } } }""");
                folder.Write("playbooks/selfish.yaml", $$"""
                    apiVersion: rolloutworkflows/v1
                    kind: Playbook
                    metadata: { name: selfish }
                    spec:
                      stages:
                        - name: some
                          ready: [ { id: itself, uses: http/probe, with: { url: "{{origin}}/api/rollouts" } } ]
                          steps: [ { uses: flag/rollout, with: { flag: bar, percent: 10 } } ]
                    """);
            },
            settings => settings with { Urls = origin });

        var run = await host.StartRunAsync("selfish", "ada");
        var held = await host.WaitForAsync(run, details => details.Run.State == RunState.Holding, "a hold");

        Assert.Contains("is this server itself", held.Run.Because, StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IReadOnlyList<string> Refusals(Grants grants, string flag = "bar")
    {
        var loaded = PlaybookLoader.Load(Touching, "touching.yaml", StepCatalog.BuiltIn);
        Assert.DoesNotContain(loaded.Problems, problem => problem.Severity == ProblemSeverity.Error);
        var inputs = new Dictionary<string, JsonElement> { ["flag"] = JsonSerializer.SerializeToElement(flag) };
        return GrantChecks.Refusals(loaded.Playbook!, inputs, grants, StepCatalog.BuiltIn);
    }
}
