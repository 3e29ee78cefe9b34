using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host.Tests.Documents;

/// <summary>Documents over the real server.</summary>
public sealed class DocumentTriggersTests : IAsyncLifetime
{
    private const string Asking = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: asking }
        spec:
          preflight: [ { uses: evidence/attached, with: { document: test-matrix } } ]
          rollback: { to: start }
          stages: [ { name: some, steps: [ { uses: flag/set, with: { flag: bar, value: true } } ], soak: { for: 1h } } ]
        """;

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await RunningHost.StartAsync(folder =>
    {
        SamplePlaybooks.Prepare(folder);
        folder.Write("playbooks/asking.yaml", Asking);
    });

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Put_Document_StandsInRecordAndStatusAndComesBackAsItWas()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        byte[] bytes = [0, 255, .. "<script>alert(1)</script>"u8];

        using var answer = await PutAsync(run, "test-matrix", bytes, "text/html", "?reason=suite%204711");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var attached = (await answer.Content.ReadFromJsonAsync<AttachDocumentAnswer>(ApiJson.Options))!;
        Assert.True(attached.Recorded);
        var details = await host.DetailsAsync(run);
        Assert.Equal([attached.Document], details.Run.Documents);
        var line = Assert.Single(details.Timeline, entry => entry.Kind == RunLogKind.DocumentAttached);
        Assert.Equal(("ada", "suite 4711", $"ada attached {attached.Document}"), (line.Actor, line.Reason, line.Message));

        using var back = await host.Http.GetAsync(answer.Headers.Location);
        Assert.Equal(bytes, await back.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/octet-stream", back.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", back.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("nosniff", Assert.Single(back.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("sandbox", Assert.Single(back.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_Twice_KeepsBothVersions()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        using (await PutAsync(run, "test-matrix", "one"u8.ToArray())) { }
        using (await PutAsync(run, "test-matrix", "two"u8.ToArray())) { }

        var list = await host.Http.GetFromJsonAsync<IReadOnlyList<RunDocument>>($"/api/rollouts/{run}/documents", ApiJson.Options);
        Assert.Equal([1, 2], list!.Select(document => document.Version));
        Assert.Equal("two", await host.Http.GetStringAsync($"/api/rollouts/{run}/documents/test-matrix"));
        Assert.Equal("one", await host.Http.GetStringAsync($"/api/rollouts/{run}/documents/test-matrix?version=1"));
        using var none = await host.Http.GetAsync(new Uri($"/api/rollouts/{run}/documents/test-matrix?version=3", UriKind.Relative));
        Assert.Equal("document-not-found", (await RunningHost.ProblemAsync(none)).Code);
    }

    [Fact]
    public async Task Put_ByAService_IsRecordedUnderItsName()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        using var content = new ByteArrayContent([1]);
        using (await host.AsService("ci").PutAsync(new Uri($"/api/rollouts/{run}/documents/test-matrix", UriKind.Relative), content)) { }

        Assert.Equal("service:ci", Assert.Single((await host.DetailsAsync(run)).Run.Documents).By);
    }

    [Theory]
    [InlineData("Test_Matrix", "x", 400, "bad-request")]
    [InlineData("-x", "x", 400, "bad-request")]
    [InlineData("test-matrix", "", 400, "bad-request")]
    [InlineData("test-matrix", "rwk_0123456789abcdef", 400, "key-in-body")]
    public async Task Put_WhatCannotBeADocument_IsRefusedAndNothingIsKept(string name, string text, int status, string code)
    {
        var run = await host.StartRunAsync("tiny", "ada");
        using var answer = await PutAsync(run, name, Encoding.UTF8.GetBytes(text));

        Assert.Equal((status, code), ((int)answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
        Assert.Equal("[]", await host.Http.GetStringAsync($"/api/rollouts/{run}/documents"));
    }

    [Fact]
    public async Task Put_TooLarge_IsRefused()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        using var answer = await PutAsync(run, "test-matrix", new byte[NewDocument.MaximumBytes + 1]);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "document-too-large"), (answer.StatusCode, (await RunningHost.ProblemAsync(answer)).Code));
    }

    [Fact]
    public async Task Put_UnknownRun_IsNotFound()
    {
        using var answer = await PutAsync("nobody", "test-matrix", [1]);
        Assert.Equal("run-not-found", (await RunningHost.ProblemAsync(answer)).Code);
    }

    [Fact]
    public async Task Put_EndedRun_IsRefusedAndNothingIsKept()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        using (await host.CommandAsync(run, "abort", new { @as = "ada", reason = "over" })) { }
        await host.WaitForAsync(run, details => details.Orchestration == "Completed", "the end");

        using var answer = await PutAsync(run, "test-matrix", [1]);

        Assert.Equal("run-ended", (await RunningHost.ProblemAsync(answer)).Code);
        Assert.Equal("[]", await host.Http.GetStringAsync($"/api/rollouts/{run}/documents"));
    }

    [Fact]
    public async Task Put_ByAReader_IsRefused()
    {
        var run = await host.StartRunAsync("tiny", "ada");
        using var content = new ByteArrayContent([1]);
        using var answer = await host.As("rea", KeyRole.Reader).PutAsync(new Uri($"/api/rollouts/{run}/documents/test-matrix", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Start_WithADocument_PassesTheCheckThatAsksForIt()
    {
        using var answer = await host.Http.PostAsJsonAsync("/api/rollouts", new { playbook = "asking", documents = new Dictionary<string, object> { ["test-matrix"] = new { mediaType = "text/markdown", text = "all green" } } });
        var run = (await answer.Content.ReadFromJsonAsync<StartRolloutAnswer>(ApiJson.Options))!.RunId;

        var details = await host.WaitForAsync(run, details => details.Run.State == RunState.Soaking, "the soak");

        Assert.Equal(("test-matrix", "ada"), (Assert.Single(details.Run.Documents).Name, details.Run.Documents[0].By));
        Assert.Equal([RunLogKind.Started, RunLogKind.DocumentAttached], details.Timeline.Take(2).Select(entry => entry.Kind));
        Assert.Equal("all green", await host.Http.GetStringAsync($"/api/rollouts/{run}/documents/test-matrix"));
    }

    [Theory]
    [InlineData("""{ "text": "a", "base64": "YQ==" }""")]
    [InlineData("""{ "base64": "*" }""")]
    [InlineData("{}")]
    public async Task Start_WithADocumentThatIsNone_StartsNothing(string document)
    {
        using var body = new StringContent($$"""{ "playbook": "asking", "documents": { "test-matrix": {{document}} } }""", Encoding.UTF8, "application/json");
        using var answer = await host.Http.PostAsync(new Uri("/api/rollouts", UriKind.Relative), body);

        Assert.Equal("bad-request", (await RunningHost.ProblemAsync(answer)).Code);
        Assert.Empty((await host.Http.GetFromJsonAsync<RolloutPage>("/api/rollouts", ApiJson.Options))!.Items);
    }

    private async Task<HttpResponseMessage> PutAsync(string run, string name, byte[] bytes, string mediaType = "text/markdown", string query = "")
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await host.Http.PutAsync(new Uri($"/api/rollouts/{run}/documents/{name}{query}", UriKind.Relative), content);
    }
}
