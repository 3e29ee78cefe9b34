using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>What is let in by the door for webhooks, and what is not: always a clear answer, and nothing changed.</summary>
public sealed class GitHubWebhookTests : IAsyncLifetime
{
    private const string Comment = """{"action":"created","issue":{"number":1},"comment":{"id":1,"body":"/approve","created_at":"2026-01-01T00:00:00Z","user":{"id":1,"login":"ada","type":"User"}},"repository":{"full_name":"web4/app"},"sender":{"id":1,"login":"ada","type":"User"}}""";

    private RunningHost host = null!;

    public async ValueTask InitializeAsync() => host = await HookedHost.StartAsync();

    public async ValueTask DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData(null, "0 headers X-Hub-Signature-256")]
    [InlineData("another secret", "does not match")]
    public async Task Delivery_NotSignedWithTheSecret_Is401(string? secret, string why)
    {
        var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery(Comment, secret: secret));

        Assert.Equal(401, status);
        Assert.Contains("github-signature", text, StringComparison.Ordinal);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.DoesNotContain(HookedHost.Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_ChangedOnTheWay_Is401()
    {
        var request = HookedHost.Delivery(Comment);
        request.Content = new ByteArrayContent("{}"u8.ToArray());
        request.Content.Headers.ContentType = new("application/json");

        Assert.Equal(401, (await HookedHost.SendAsync(host, request)).Status);
    }

    [Fact]
    public async Task Ping_SignedByGitHub_IsAnswered()
    {
        var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery("""{"zen":"Design for failure.","hook_id":1}""", "ping"));

        Assert.Equal(200, status);
        Assert.Contains("Pong", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ping_SentAsAForm_IsAnswered()
    {
        var body = $"payload={Uri.EscapeDataString("""{"zen":"Keep it logically awesome.","hook_id":1}""")}";

        var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery(body, "ping", type: "application/x-www-form-urlencoded"));

        Assert.Equal(200, status);
        Assert.Contains("Pong", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("payload=a&payload=b")]
    [InlineData("other=1")]
    [InlineData("a=1&b=2&c=3&d=4&e=5&f=6")]
    public async Task Form_WithoutItsOneField_Is400(string body)
    {
        var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery(body, type: "application/x-www-form-urlencoded"));

        Assert.Equal(400, status);
        Assert.Contains("payload", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Delivery_OfAnotherMediaType_Is415(string type) =>
        Assert.Equal(415, (await HookedHost.SendAsync(host, HookedHost.Delivery(Comment, type: type))).Status);

    [Theory]
    [InlineData("star")]
    [InlineData("workflow_run")]
    [InlineData("installation")]
    [InlineData("an_event_to_come")]
    public async Task Event_ThatIsNoneOfOurs_IsAcceptedAndIgnored(string @event)
    {
        var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery("""{"action":"something","repository":{"full_name":"web4/app"}}""", @event));

        Assert.Equal(202, status);
        Assert.Contains("Ignored", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Body_ThatIsNoJsonObject_Is400(string body)
    {
        var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery(body));

        Assert.Equal(400, status);
        Assert.Contains("cannot be read", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_NestedTooDeep_Is400() =>
        Assert.Equal(400, (await HookedHost.SendAsync(host, HookedHost.Delivery($"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}"))).Status);

    [Fact]
    public async Task Body_TooLarge_Is413()
    {
        var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery($$"""{"a":"{{new string('a', GitHubRequests.MaximumBytes)}}"}"""));

        Assert.Equal(413, status);
        Assert.Contains(GitHubRequests.MaximumBytes.ToString(System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"action":{"a":1},"issue":[],"comment":{"id":"x","body":7},"repository":{"full_name":"../../etc"},"sender":"nobody"}""")]
    [InlineData("""{"action":"created","issue":{"number":99999999999},"comment":{"id":1},"repository":{"full_name":"web4/app"}}""")]
    [InlineData("""{"action":"created","issue":{"number":-1},"comment":{"id":1,"body":"/approve","created_at":"soon"},"repository":{"full_name":"web4/app"}}""")]
    [InlineData("""{"action":"created","issue":{"number":1},"comment":{"id":1,"body":"\ud800","created_at":"2026-01-01T00:00:00Z"},"repository":{"full_name":"web4/app"}}""")]
    [InlineData("""{"action":"<script>alert(1)</script>","issue":{"number":1},"comment":{"id":1,"body":"/approve <img src=x>","created_at":"2026-01-01T00:00:00Z"},"repository":{"full_name":"web4/<script>"}}""")]
    [InlineData("{}")]
    public async Task Body_OfUnexpectedShape_IsIgnored(string body)
    {
        foreach (var @event in new[] { "issue_comment", "issues", "deployment_protection_rule" })
        {
            var (status, text) = await HookedHost.SendAsync(host, HookedHost.Delivery(body, @event));
            Assert.Equal(202, status);
            Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("<script>")]
    public async Task Event_WhoseNameIsNone_Is400(string name) =>
        Assert.Equal(400, (await HookedHost.SendAsync(host, HookedHost.Delivery(Comment, name))).Status);

    [Fact]
    public async Task Server_ThatIsNotConnected_Says404()
    {
        await using var other = await HookedHost.StartAsync("""{ "token": "token" }""");

        var (status, text) = await HookedHost.SendAsync(other, HookedHost.Delivery(Comment));

        Assert.Equal(404, status);
        Assert.Contains("github-not-configured", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatCannotReadItsSecret_Says503()
    {
        await using var other = await HookedHost.StartAsync("""{ "token": "token", "webhookSecret": "lost" }""");

        var (status, text) = await HookedHost.SendAsync(other, HookedHost.Delivery(Comment));

        Assert.Equal(503, status);
        Assert.Contains("github-secret-unreadable", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_OfAnotherInstallation_Is403()
    {
        await using var other = await HookedHost.StartAsync("""{ "app": { "id": "12", "installationId": 5, "privateKey": "token" }, "webhookSecret": "hook" }""");

        var (theirs, text) = await HookedHost.SendAsync(other, HookedHost.Delivery("""{"installation":{"id":6}}""", "star"));
        var (ours, _) = await HookedHost.SendAsync(other, HookedHost.Delivery("""{"installation":{"id":5}}""", "star"));

        Assert.Equal((403, 202), (theirs, ours));
        Assert.Contains("github-elsewhere", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_OfAnEnterpriseServerThatIsNotConnected_Is403()
    {
        var request = HookedHost.Delivery("{}", "star");
        request.Headers.Add("X-GitHub-Enterprise-Host", "github.example.org");

        Assert.Equal(403, (await HookedHost.SendAsync(host, request)).Status);
    }

    [Fact]
    public async Task Delivery_SentTwice_IsDealtWithOnce()
    {
        var (_, first) = await HookedHost.SendAsync(host, HookedHost.Delivery("""{"zen":"a"}""", "ping"));
        var (status, again) = await HookedHost.SendAsync(host, HookedHost.Delivery("""{"zen":"a"}""", "ping"));
        var (_, otherBody) = await HookedHost.SendAsync(host, HookedHost.Delivery("""{"zen":"b"}""", "ping"));

        Assert.Equal(200, status);
        Assert.Contains("delivered before", again, StringComparison.Ordinal);
        // The id is an unsigned header: it does not suppress another body.
        Assert.Equal(Message(first), Message(otherBody));
    }

    [Fact]
    public async Task Refusal_WhateverItIs_LeavesALineWithoutBodyAndSecret()
    {
        using var log = new CollectingLog();
        await using var talkative = await HookedHost.StartAsync(change: settings => settings with { LogLevel = LogLevel.Trace });
        talkative.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        const string body = """{"action":"created","private":"very-private"}""";

        await HookedHost.SendAsync(talkative, HookedHost.Delivery(body, secret: "another-secret"));
        await HookedHost.SendAsync(talkative, HookedHost.Delivery(body + "}"));
        await HookedHost.SendAsync(talkative, HookedHost.Delivery(body, "<very-private>"));

        Assert.Single(log.Lines, line => line.Contains("(github-signature)", StringComparison.Ordinal));
        Assert.Equal(2, log.Lines.Count(line => line.Contains("should come from GitHub is refused (bad-request)", StringComparison.Ordinal)));
        foreach (var never in (string[])["very-private", HookedHost.Secret, "another-secret"])
            Assert.DoesNotContain(log.Lines, line => line.Contains(never, StringComparison.Ordinal));
    }

    private static string? Message(string answer) => JsonDocument.Parse(answer).RootElement.GetProperty("message").GetString();
}
