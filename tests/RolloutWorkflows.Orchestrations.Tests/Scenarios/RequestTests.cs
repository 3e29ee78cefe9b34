using System.Net;
using System.Net.Sockets;

namespace RolloutWorkflows.Orchestrations.Tests.Scenarios;

/// <summary>Effects without an inverse of their own, against a real server on loopback.</summary>
public sealed class RequestTests : IDisposable
{
    private readonly HttpListener _server = new();
    private readonly List<string> _requests = [];
    private readonly string _address;

    public RequestTests()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            _address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _server.Prefixes.Add(_address + "/");
        _server.Start();
        _ = AnswerAsync();
    }

    public void Dispose() => _server.Close();

    [Fact]
    public async Task Rollback_OfRequests_SendsTheUndoNewestFirstAndSaysWhatStays()
    {
        await using var run = await StartAsync();
        await run.ThenStateIsAsync(RunState.Soaking);
        Assert.Equal(["POST /deploy", "POST /mail", "POST /route"], _requests);

        await run.WhenAsync(RunVerb.Rollback, "cyn", "not today");
        await run.ThenStateIsAsync(RunState.RolledBack);

        Assert.Equal(["POST /deploy", "POST /mail", "POST /route", "DELETE /route", "DELETE /deploy"], _requests);
        var status = await run.StatusAsync();
        Assert.Equal([CompensationOutcome.Restored, CompensationOutcome.LeftInPlace, CompensationOutcome.Restored], status.Rollback!.Effects.Select(effect => effect.Outcome));
        Assert.Equal(1, status.Rollback.LeftInPlace);
        Assert.StartsWith("rolled back to start, 1 effects left in place", status.Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_AfterARollback_SendsAnew()
    {
        await using var run = await StartAsync();
        await run.WhenAsync(RunVerb.Rollback, "cyn", "not today");
        await run.WhenAsync(RunVerb.Retry, "bob", "now");
        await run.ThenStateIsAsync(RunState.Soaking);

        Assert.Equal(2, _requests.Count(request => request == "POST /deploy"));
    }

    private Task<RolloutScenario> StartAsync() => RolloutScenario.GivenAsync($$"""
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout }
        spec:
          stages:
            - name: small
              steps:
                - { uses: http/request, with: { url: "{{_address}}/deploy" }, undo: { uses: http/request, with: { url: "{{_address}}/deploy", method: DELETE } } }
                - { uses: http/request, with: { url: "{{_address}}/mail" }, irreversible: true }
                - { uses: http/request, with: { url: "{{_address}}/route" }, undo: { uses: http/request, with: { url: "{{_address}}/route", method: DELETE } } }
              soak: { for: 2h }
              rollback: { to: start }
        """);

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                var context = await _server.GetContextAsync();
                _requests.Add($"{context.Request.HttpMethod} {context.Request.Url!.AbsolutePath}");
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
