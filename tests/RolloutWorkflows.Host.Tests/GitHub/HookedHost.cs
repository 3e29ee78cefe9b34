using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>A server that takes webhooks of GitHub, and what sends them signed as it expects, without a GitHub behind it.</summary>
internal static class HookedHost
{
    public const string Secret = "hook-secret";

    public static Task<RunningHost> StartAsync(string gitHub = """{ "apiUrl": "https://api.github.com", "token": "token", "webhookSecret": "hook" }""", Func<HostSettings, HostSettings>? change = null) => RunningHost.StartAsync(folder =>
    {
        SamplePlaybooks.Prepare(folder);
        folder.Write("hook.txt", Secret);
        folder.Write("token.txt", "ghp_nobody");
        folder.Write("host.json", $$"""
            { "extensions": { "rollout": {
                "allowPlaybookPeople": true, "grants": { "*": { "flags": ["*"] } },
                "secrets": { "hook": { "file": "hook.txt" }, "token": { "file": "token.txt" }, "lost": { "file": "lost.txt" } },
                "gitHub": {{gitHub}}
            } } }
            """);
    }, change);

    public static HttpRequestMessage Delivery(string body, string @event = "issue_comment", string id = "72d3162e-cc78-11e3-81ab-4c9367dc0958", string? secret = Secret, string type = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/github") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("X-GitHub-Event", @event);
        request.Headers.Add("X-GitHub-Delivery", id);
        if (secret is not null) request.Headers.Add(GitHubSignature.Header, $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), bytes))}");
        return request;
    }

    /// <summary>Sends it without a key, as GitHub does.</summary>
    public static async Task<(int Status, string Text)> SendAsync(RunningHost host, HttpRequestMessage request)
    {
        // The server has a key, so that it is one that counts votes.
        host.As("ada");
        using var nobody = host.With(null);
        using (request)
        using (var answer = await nobody.SendAsync(request))
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
