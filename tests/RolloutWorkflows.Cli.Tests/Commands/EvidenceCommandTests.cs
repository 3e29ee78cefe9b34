using System.Security.Cryptography;
using System.Text.Json;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli.Tests.Commands;

/// <summary><c>rollout evidence</c> against a real server process, and without one.</summary>
public sealed class EvidenceCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ServeProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        SamplePlaybook.Prepare(folder);
        server = await ServeProcess.StartAsync(folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Evidence_ListedShownExportedAndVerified_IsIntactUntilSomebodyTouchesIt()
    {
        var run = await FinishedAsync();
        var list = (await server.RunAsync("evidence", "list", run)).Ended(ExitCode.Ok).Output;
        Assert.Contains("stage some promoted", list, StringComparison.Ordinal);
        Assert.Contains("Head: ", list, StringComparison.Ordinal);
        var shown = (await server.RunAsync("evidence", "show", run, "1")).Ended(ExitCode.Ok).Output;
        Assert.StartsWith("# Evidence 1: stage some promoted", shown, StringComparison.Ordinal);
        Assert.Contains("- **grace:** yes, by", shown, StringComparison.Ordinal);
        var newest = JsonDocument.Parse((await server.RunAsync("evidence", "show", run, "--json")).Ended(ExitCode.Ok).Output).RootElement;
        Assert.Equal("end", newest.GetProperty("kind").GetString());

        var kept = Path.Combine(folder.Path, "kept");
        (await server.RunAsync("evidence", "export", run, kept)).Ended(ExitCode.Ok);
        (await server.RunAsync("evidence", "export", run, kept)).Ended(ExitCode.Ok);
        Assert.Contains("intact, 3 document(s)", (await CliProgram.RunAsync("evidence", "verify", kept)).Ended(ExitCode.Ok).Output, StringComparison.Ordinal);

        var second = Directory.GetFiles(Path.Combine(kept, run), "0002-*.json").Single();
        File.WriteAllText(second, File.ReadAllText(second).Replace("everybody", "somebody", StringComparison.Ordinal));
        Assert.Contains("BROKEN at document 2 (edited)", (await CliProgram.RunAsync("evidence", "verify", kept)).Ended(ExitCode.No).Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse((await CliProgram.RunAsync("evidence", "verify", kept, "--json")).Ended(ExitCode.No).Output).RootElement;
        Assert.Equal(2, json[0].GetProperty("problems")[0].GetProperty("number").GetInt32());
        Assert.Contains("never overwritten", (await server.RunAsync("evidence", "export", run, kept)).Ended(ExitCode.No).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_OfAServerWithAKey_IsExportedWithSignaturesThatThePublicKeyFits()
    {
        await server.DisposeAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        folder.Write("evidence-key.pem", key.ExportPkcs8PrivateKeyPem());
        folder.Write("evidence.pub.pem", key.ExportSubjectPublicKeyInfoPem());
        SamplePlaybook.Prepare(folder, "\"secrets\": { \"evidence-key\": { \"file\": \"evidence-key.pem\" } }, \"evidence\": { \"signingKey\": \"evidence-key\" }");
        server = await ServeProcess.StartAsync(folder.Path);
        var run = await FinishedAsync();
        var kept = Path.Combine(folder.Path, "kept");
        (await server.RunAsync("evidence", "export", run, kept)).Ended(ExitCode.Ok);

        var publicKey = Path.Combine(folder.Path, "evidence.pub.pem");
        Assert.Contains("intact, 3 document(s)", (await CliProgram.RunAsync("evidence", "verify", kept, "--public-key", publicKey)).Ended(ExitCode.Ok).Output, StringComparison.Ordinal);

        // The signature of an earlier list would look like forgery, so none is left where the key is away.
        File.Delete(Path.Combine(folder.Path, "evidence-key.pem"));
        Assert.Contains("chain.json is not signed, since the server cannot use its signing key now", (await server.RunAsync("evidence", "export", run, kept)).Ended(ExitCode.Ok).Error, StringComparison.Ordinal);
        Assert.Contains("it is not signed", (await CliProgram.RunAsync("evidence", "verify", kept, "--public-key", publicKey)).Ended(ExitCode.No).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NothingToVerify_SaysSo()
    {
        Assert.Contains("There is no evidence in", (await CliProgram.RunAsync("evidence", "verify", folder.Path)).Ended(ExitCode.Invalid).Error, StringComparison.Ordinal);
        Assert.Contains("neither a folder nor a file", (await CliProgram.RunAsync("evidence", "verify", Path.Combine(folder.Path, "nowhere"))).Ended(ExitCode.Invalid).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evidence_OfARunThatHasNone_IsANo()
    {
        var run = (await server.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
        Assert.Contains("has no evidence yet", (await server.RunAsync("evidence", "show", run)).Ended(ExitCode.No).Error, StringComparison.Ordinal);
        (await server.RunAsync("evidence", "list", "no-such-run")).Ended(ExitCode.No);
    }

    private async Task<string> FinishedAsync()
    {
        var run = (await server.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
        using var client = server.ClientOf("ada");
        await Runs.WaitAsync(client, run, details => details.Run.OpenApprovals.Count > 0, "an open approval");
        (await server.RunAsync("approve", run, "--as", "grace", "--reason", "fine")).Ended(ExitCode.Ok);
        await Runs.WaitAsync(client, run, details => details.Run.State == RunState.Succeeded, "the end");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await client.GetAsync<EvidenceList>($"api/rollouts/{run}/evidence", deadline.Token)).Documents.Count < 3) await pace.WaitForNextTickAsync(deadline.Token);
        return run;
    }
}
