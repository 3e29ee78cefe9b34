using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>The door for requests of Slack: lets in what Slack signed, just now, in a form of usual size. Whatever is refused is logged, without its content.</summary>
internal sealed partial class SlackRequests(SlackOptions slack, ISecretSource secrets, TimeProvider time, ILogger<SlackRequests> log)
{
    /// <summary>What Slack sends is a few kilobytes: a click brings the message that was clicked along.</summary>
    public const int MaximumBytes = 64 * 1024;

    private const int MaximumFields = 64;

    /// <exception cref="ProblemException">The request is refused, and nothing was done.</exception>
    public async Task<SlackForm> ReadAsync(HttpContext http)
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

    private async Task<SlackForm> ReadCheckedAsync(HttpContext http)
    {
        if (slack.SigningSecret is not { } name) throw SlackProblems.NotConfigured(slack.AppToken is null ? " is not there, or has no signingSecret" : " has no signingSecret, so Slack is heard over Socket Mode only");
        if (slack.Team is null) throw SlackProblems.NotConfigured(" has no team, so it is not known whose people are heard");
        var body = await BodyBytes.ReadAsync(http.Request, MaximumBytes, () => SlackProblems.TooLarge(MaximumBytes));
        var secret = await SecretAsync(name, http.RequestAborted);
        var headers = http.Request.Headers;
        var refusal = SlackSignature.Refusal(headers[SlackSignature.TimestampHeader], headers[SlackSignature.SignatureHeader], body, secret, time.GetUtcNow(), out var sentAt);
        if (refusal is not null) throw SlackProblems.NotSigned(refusal);
        try
        {
            // Read here rather than by the framework, which would have to read the body before its signature is checked.
            using var form = new FormReader(Encoding.UTF8.GetString(body)) { ValueCountLimit = MaximumFields, ValueLengthLimit = MaximumBytes };
            return new SlackForm(await form.ReadFormAsync(http.RequestAborted), sentAt);
        }
        catch (InvalidDataException)
        {
            throw SlackProblems.Odd($"its form has more than {MaximumFields} fields, or one with too long a name");
        }
    }

    private async Task<string> SecretAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return await secrets.ReadAsync(name, cancellation);
        }
        catch (SecretException missing)
        {
            throw SlackProblems.SecretUnreadable(missing.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request to {Path} from {Address} that should come from Slack is refused ({Code}): {Why}")]
    private partial void LogRefused(PathString path, string address, string code, string why);
}
