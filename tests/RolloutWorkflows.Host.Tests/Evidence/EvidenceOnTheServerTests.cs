using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Evidence;

public sealed class EvidenceOnTheServerTests
{
    private const string Exporting = """
        { "extensions": { "rollout": { "allowPlaybookPeople": true, "grants": { "*": { "flags": ["*"] } },
          "evidence": { "folder": "kept" } } } }
        """;

    [Fact]
    public async Task Run_ToItsEnd_IsServedAsItWasHashedAndWrittenToTheFolder()
    {
        await using var server = await RunningHost.StartAsync(Prepare);
        var list = await FinishedAsync(server);
        Assert.Equal([1, 2, 3], list.Documents.Select(document => document.Number));
        Assert.Equal(list.Documents[^1].Sha256, list.Head);

        foreach (var document in list.Documents)
        {
            var path = $"/api/rollouts/{list.RunId}/evidence/{document.Number}";
            using var json = await server.Http.GetAsync(path);
            Assert.Equal($"\"{document.Sha256}\"", json.Headers.ETag?.Tag);
            var bytes = await json.Content.ReadAsByteArrayAsync();
            Assert.Equal(document.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
            Assert.Contains(document.Sha256, await GetAsync(server, path, "text/markdown"), StringComparison.Ordinal);
            Assert.Contains("\"entryId\"", await GetAsync(server, path, "application/jsonl"), StringComparison.Ordinal);
        }

        var folder = Path.Combine(server.Folder.Path, "kept");
        await ExportedAsync(server, list.RunId);
        var verdict = Assert.Single(new EvidenceVerification { Files = FilesIn(folder), Whole = true, Head = list.Head }.Verify());
        Assert.Equal((3, true), (verdict.Documents, verdict.Intact));
    }

    [Fact]
    public async Task Document_ThatThereIsNot_Is404()
    {
        await using var server = await RunningHost.StartAsync(Prepare);
        var list = await FinishedAsync(server);
        foreach (var number in new[] { "0", "4", "first", "99999999999999" })
        {
            using var answer = await server.Http.GetAsync($"/api/rollouts/{list.RunId}/evidence/{number}");
            Assert.Equal((HttpStatusCode.NotFound, "evidence-not-found"), (answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
        }

        using var none = await server.Http.GetAsync("/api/rollouts/no-such-run/evidence");
        Assert.Equal("run-not-found", (await RunningHost.ProblemAsync(none)).Code);
    }

    [Fact]
    public async Task Folder_ThatCannotBeWritten_HoldsNothingUpAndIsTriedUntilItCan()
    {
        await using var server = await RunningHost.StartAsync(folder =>
        {
            Prepare(folder);
            folder.Write("kept", "a file where the folder should be");
        });
        var list = await FinishedAsync(server);
        var outbox = await WaitAsync(async () => (await server.Http.GetFromJsonAsync<OutboxPage>($"/api/outbox?run={list.RunId}", ApiJson.Options))!, page => page.Items.Any(item => item.Attempts > 0));
        var stuck = outbox.Items.First(item => item.Lane == "evidence:folder");
        Assert.Equal(OutboxState.Pending, stuck.State);
        Assert.Contains("cannot be written", stuck.Problem, StringComparison.Ordinal);
        var doctor = (await server.Http.GetFromJsonAsync<DoctorReport>("/api/doctor", ApiJson.Options))!;
        Assert.Equal(Health.Fail, doctor.Checks.Single(check => check.Name == "evidence folder").Health);

        File.Delete(Path.Combine(server.Folder.Path, "kept"));
        using var again = await server.Http.PostAsJsonAsync($"/api/outbox/{stuck.Id}/retry", new { });
        again.EnsureSuccessStatusCode();
        await ExportedAsync(server, list.RunId);
        Assert.True(Assert.Single(new EvidenceVerification { Files = FilesIn(Path.Combine(server.Folder.Path, "kept")), Whole = true }.Verify()).Intact);
    }

    internal static Dictionary<string, byte[]> FilesIn(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);

    internal static async Task<EvidenceList> FinishedAsync(RunningHost server)
    {
        var run = await server.StartRunAsync("tiny", "ada");
        await server.WaitForAsync(run, details => details.Run.OpenApprovals.Count > 0, "an open approval");
        using var vote = await server.CommandAsync(run, "approve", new { @as = "grace", reason = "looks good" });
        vote.EnsureSuccessStatusCode();
        await server.WaitForAsync(run, details => details.Run.State == RunState.Succeeded, "the end");
        return await WaitAsync(async () => (await server.Http.GetFromJsonAsync<EvidenceList>($"/api/rollouts/{run}/evidence", ApiJson.Options))!, list => list.Documents is [.., { Kind: EvidenceKind.End }]);
    }

    internal static async Task ExportedAsync(RunningHost server, string runId) => await WaitAsync(
        async () => await server.Services.GetRequiredService<IOutbox>().ListAsync(new OutboxQuery { RunId = runId }),
        messages => messages.Count(message => message.Lane.StartsWith("evidence:", StringComparison.Ordinal) && message.State == OutboxState.Delivered) == 3);

    internal static async Task<T> WaitAsync<T>(Func<Task<T>> look, Func<T, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var found = await look();
            if (condition(found)) return found;
            if (deadline.IsCancellationRequested) throw new TimeoutException($"not within 30 s: {System.Text.Json.JsonSerializer.Serialize(found)}");
            await pace.WaitForNextTickAsync();
        }
    }

    private static void Prepare(TemporaryFolder folder)
    {
        folder.Write("playbooks/tiny.yaml", SamplePlaybooks.Tiny);
        folder.Write("host.json", Exporting);
    }

    private static async Task<string> GetAsync(RunningHost server, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        using var answer = await server.Http.SendAsync(request);
        Assert.Equal(accept, answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }
}
