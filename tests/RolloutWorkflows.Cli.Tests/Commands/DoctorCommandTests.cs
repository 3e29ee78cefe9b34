using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

/// <summary>What looks at a server without a run: <c>doctor</c> and <c>metric test</c>.</summary>
public sealed class DoctorCommandTests : IDisposable
{
    private const string Measured = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: measured }
        spec:
          metrics: { errors: { source: status, value: ops.errorRate } }
          guardrails: [ { metric: errors, failureCondition: result > 5% } ]
          rollback: { to: start }
          stages:
            - name: some
              steps: [ { uses: flag/rollout, with: { flag: bar, percent: 10 } } ]
              soak: { for: 1h }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Doctor_HealthyServer_EndsWithZero()
    {
        SamplePlaybook.Prepare(folder);
        await using var server = await ServeProcess.StartAsync(folder.Path);

        var examined = (await server.RunAsync("doctor")).Ended(ExitCode.Ok);
        var json = JsonDocument.Parse((await server.RunAsync("doctor", "--json")).Ended(ExitCode.Ok).Output).RootElement;

        foreach (var line in (string[])["ok    runtime: .NET 10", "ok    server: http://127.0.0.1:", "ok    clock: ", "ok    data folder: ", "ok    playbook tiny: "])
            Assert.Contains(line, examined.Output, StringComparison.Ordinal);
        Assert.Contains(json.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == "clock" && check.GetProperty("health").GetString() == "ok");
    }

    [Fact]
    public async Task Doctor_SourceDown_EndsWithOneAndSaysWhatToDo()
    {
        folder.Write("host.json", """{ "extensions": { "rollout": { "metricSources": { "prom": { "provider": "prometheus", "address": "http://127.0.0.1:1" } } } } }""");
        await using var server = await ServeProcess.StartAsync(folder.Path);

        var examined = (await server.RunAsync("doctor")).Ended(ExitCode.No);

        Assert.Contains("fail  metric source prom: the connection was refused", examined.Output, StringComparison.Ordinal);
        Assert.Contains("Correct its address or credentials", examined.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_NoServer_StillSaysWhatItFoundHere()
    {
        var examined = (await CliProgram.RunAsync("doctor", "--server", "http://127.0.0.1:1")).Ended(ExitCode.Unreachable);

        Assert.Contains("ok    runtime: .NET 10", examined.Output, StringComparison.Ordinal);
        Assert.Contains("fail  server: no rollout server answers at http://127.0.0.1:1", examined.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MetricTest_SourceDown_EndsWithOneAndShowsTheVerdict()
    {
        folder.Write("host.json", """{ "extensions": { "rollout": { "metricSources": { "status": { "provider": "json", "address": "http://127.0.0.1:1/status.json" } } } } }""");
        folder.Write("playbooks/measured.yaml", Measured);
        await using var server = await ServeProcess.StartAsync(folder.Path);

        var tried = (await server.RunAsync("metric", "test", "measured", "errors")).Ended(ExitCode.No);
        var unknown = (await server.RunAsync("metric", "test", "measured", "error")).Ended(ExitCode.No);

        Assert.Contains("errors: error: source status: the connection was refused", tried.Output, StringComparison.Ordinal);
        Assert.Contains("asked status for ops.errorRate; it took ", tried.Output, StringComparison.Ordinal);
        Assert.Contains("errors: error, source status: the connection was refused", tried.Output, StringComparison.Ordinal);
        Assert.Contains("measured has no metric 'error'; known: errors.", unknown.Error, StringComparison.Ordinal);
    }
}
