using System.Net.Http.Headers;
using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>
/// The one way in which metric sources are asked: with their headers and credentials, which are looked up for each
/// request. What goes wrong is an <see cref="OutboundException"/>.
/// </summary>
internal sealed class SourceHttp(OutboundHttp http, ISecretSource secrets)
{
    /// <summary>A longer answer is not read.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(30);

    public async Task<SourceAnswer> SendAsync(HttpSource source, HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in source.Headers) Add(request, name, value);
        var used = await SignInAsync(source.Credentials, request, cancellation);
        var answer = await http.SendAsync(request, source.Timeout < LongestTimeout ? source.Timeout : LongestTimeout, MaximumBytes, cancellation);
        if (answer.Truncated) throw new OutboundException($"the answer was longer than {MaximumBytes / 1024} KiB");
        return new SourceAnswer(answer.Status, answer.Body, used);
    }

    /// <summary>Says what an answer that is none means.</summary>
    public static OutboundException Refused(int status) => new($"the answer was {status}" + status switch
    {
        >= 300 and < 400 => ", and redirects are not followed",
        401 or 403 => ": the source wants other credentials than the host's configuration has for it",
        _ => "",
    });

    private async Task<List<string>> SignInAsync(HttpCredentials credentials, HttpRequestMessage request, CancellationToken cancellation)
    {
        var used = new List<string>();
        try
        {
            if (credentials.BearerToken is { } token)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await UseAsync(token));
            if (credentials is { UserName: { } user, Password: { } password })
            {
                var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{await UseAsync(password)}"));
                used.Add(pair);
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
            }

            foreach (var (name, location) in credentials.Headers) Add(request, name, await UseAsync(location));
            return used;
        }
        catch (SecretException missing)
        {
            throw new OutboundException(missing.Message, notSent: true);
        }

        async Task<string> UseAsync(SecretLocation location)
        {
            var secret = await secrets.ReadAsync(location, cancellation);
            used.Add(secret);
            return secret;
        }
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value)) throw new OutboundException($"'{name}' is no header of a request", notSent: true);
    }
}
