using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>The door for webhooks of GitHub: lets in what GitHub signed, in either of the two forms in which it can be set to send. Whatever is refused is logged, without its content.</summary>
internal sealed partial class GitHubRequests(GitHubOptions gitHub, ISecretSource secrets, ILogger<GitHubRequests> log)
{
    /// <summary>GitHub sends up to 25 MB; what is taken here holds two texts of an issue at most, of 65,536 characters each.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    private const string EventHeader = "X-GitHub-Event";

    private const string DeliveryHeader = "X-GitHub-Delivery";

    private const string EnterpriseHeader = "X-GitHub-Enterprise-Host";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    /// <exception cref="ProblemException">The delivery is refused, and nothing was done.</exception>
    public async Task<GitHubDelivery> ReadAsync(HttpContext http)
    {
        try
        {
            return await ReadCheckedAsync(http);
        }
        catch (ProblemException refused)
        {
            LogRefused(http.Request.Path, http.Connection.RemoteIpAddress?.ToString() ?? "nowhere", refused.Problem.Code, refused.Problem.Detail);
            throw;
        }
    }

    private async Task<GitHubDelivery> ReadCheckedAsync(HttpContext http)
    {
        if (gitHub.WebhookSecret is not { } name) throw GitHubProblems.NotConfigured();
        var body = await BodyBytes.ReadAsync(http.Request, MaximumBytes, () => GitHubProblems.TooLarge(MaximumBytes));
        var secret = await SecretAsync(name, http.RequestAborted);
        if (GitHubSignature.Refusal(http.Request.Headers[GitHubSignature.Header], body, secret) is { } refusal) throw GitHubProblems.NotSigned(refusal);
        var delivery = new GitHubDelivery
        {
            Event = Name(http.Request, EventHeader),
            Id = Name(http.Request, DeliveryHeader),
            Digest = Convert.ToHexStringLower(SHA256.HashData(body)),
            Payload = GitHubJson.Parse(http.Request.HasJsonContentType() ? body : await PayloadAsync(body, http.RequestAborted)),
        };
        RequireOurs(http.Request, delivery);
        return delivery;
    }

    /// <summary>Where the configuration says whom it listens to, others are turned away even where they know the secret.</summary>
    private void RequireOurs(HttpRequest request, GitHubDelivery delivery)
    {
        if (request.Headers[EnterpriseHeader].ToString() is { Length: > 0 } host && !host.Equals(gitHub.ApiUrl.Host, StringComparison.OrdinalIgnoreCase))
            throw GitHubProblems.Elsewhere($"an Enterprise Server that is not {gitHub.ApiUrl.Host}");
        if (gitHub.App?.InstallationId is { } ours && delivery.Installation is { } theirs && theirs != ours)
            throw GitHubProblems.Elsewhere($"installation {theirs} of the App, which is not {ours}");
    }

    private static string Name(HttpRequest request, string header)
    {
        var values = request.Headers[header];
        return values.Count == 1 && values[0] is { Length: > 0 and <= 100 } value && !value.AsSpan().ContainsAnyExcept(NameCharacters) ? value
            : throw GitHubProblems.Odd($"it has no header {header}, or one that is no name of GitHub's");
    }

    private async Task<string> SecretAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await secrets.ReadAsync(name, cancellation);
        }
        catch (SecretException missing)
        {
            throw GitHubProblems.SecretUnreadable(missing.Message);
        }
    }

    /// <summary>The one field of a form. Read here rather than by the framework, which would have to read the body before its signature is checked.</summary>
    private static async Task<byte[]> PayloadAsync(byte[] body, CancellationToken cancellation)
    {
        try
        {
            using var form = new FormReader(Encoding.UTF8.GetString(body)) { ValueCountLimit = 4, ValueLengthLimit = MaximumBytes };
            return (await form.ReadFormAsync(cancellation)).TryGetValue("payload", out var payload) && payload.Count == 1 ? Encoding.UTF8.GetBytes(payload[0]!)
                : throw GitHubProblems.Odd("its form has no single field 'payload'");
        }
        catch (InvalidDataException)
        {
            throw GitHubProblems.Odd("its form has more than the field 'payload'");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to {Path} from {Address} that should come from GitHub is refused ({Code}): {Why}")]
    private partial void LogRefused(PathString path, string address, string code, string why);
}
