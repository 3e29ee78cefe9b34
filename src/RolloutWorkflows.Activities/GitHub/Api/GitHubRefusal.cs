using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>Turns an answer that is not a good one into what went wrong.</summary>
internal static class GitHubRefusal
{
    private const int LongestMessage = 300;

    public static GitHubException Of(GitHubRequest request, GitHubAuthorization signed, OutboundAnswer answer, GitHubPace pace)
    {
        var said = Said(answer, signed.Token);
        if (IsLimit(answer, said))
        {
            var wait = pace.Refused(signed.Identity, request.IsGraphQl, answer.Headers);
            return new GitHubException(GitHubFailure.RateLimited, $"GitHub asks to wait: {request.Shown} got {answer.Status}{said}", notDone: true, wait);
        }

        if (answer.Status >= 500)
        {
            var after = pace.Broken(signed.Identity, answer.Headers);
            return new GitHubException(GitHubFailure.Unavailable, $"GitHub is not available: {request.Shown} got {answer.Status}{said}", !request.Changes, after);
        }

        return new GitHubException(KindOf(answer.Status), $"GitHub refused {request.Shown}: {answer.Status}{said}{Advice(answer.Status)}", notDone: true);
    }

    /// <summary>GraphQL says in a good answer what went wrong.</summary>
    public static GitHubException OfGraphQl(JsonElement errors)
    {
        var first = errors[0];
        var message = Clean(Text(first, "message") ?? "an error without a message");
        return Text(first, "type") switch
        {
            "NOT_FOUND" => new(GitHubFailure.NotFound, $"GitHub knows no such thing: {message}", notDone: true),
            "FORBIDDEN" => new(GitHubFailure.Forbidden, $"GitHub refused the query: {message}", notDone: true),
            "RATE_LIMITED" or "RATE_LIMIT" => new(GitHubFailure.RateLimited, $"GitHub asks to wait: {message}", notDone: true, TimeSpan.FromMinutes(1)),
            _ => new(GitHubFailure.Unavailable, $"GitHub could not answer the query: {message}", notDone: true),
        };
    }

    private static GitHubFailure KindOf(int status) => status switch
    {
        401 => GitHubFailure.Unauthorized,
        404 => GitHubFailure.NotFound,
        409 => GitHubFailure.Conflict,
        410 => GitHubFailure.Gone,
        403 or 451 => GitHubFailure.Forbidden,
        // An answer that no request of ours asks for.
        < 400 => GitHubFailure.Unavailable,
        _ => GitHubFailure.Validation,
    };

    private static string Advice(int status) => status switch
    {
        401 => ". Check the token, or the App's id and private key",
        403 => ". Give the token or the App the permission",
        404 => ". There is none, or the token or App may not see it",
        _ => "",
    };

    private static bool IsLimit(OutboundAnswer answer, string said) => answer.Status == 429 ||
        answer.Status == 403 && (answer.Headers.ContainsKey("retry-after") || answer.Headers.GetValueOrDefault("x-ratelimit-remaining") == "0" || said.Contains("rate limit", StringComparison.OrdinalIgnoreCase));

    private static string Said(OutboundAnswer answer, string token)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return "";
            var message = Text(document.RootElement, "message");
            var errors = document.RootElement.TryGetProperty("errors", out var list) && list.ValueKind == JsonValueKind.Array
                ? string.Join("; ", list.EnumerateArray().Select(Show).Where(text => text.Length > 0))
                : "";
            var whole = errors.Length == 0 ? message : $"{message} ({errors})";
            return string.IsNullOrWhiteSpace(whole) ? "" : $" {Clean(token.Length == 0 ? whole : whole.Replace(token, "***", StringComparison.Ordinal))}";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static string Show(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString()!,
        JsonValueKind.Object => Text(error, "message") ?? string.Join(' ', new[] { Text(error, "resource"), Text(error, "field"), Text(error, "code") }.OfType<string>()),
        _ => "",
    };

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Clean(string text)
    {
        var line = new string([.. text.Select(sign => char.IsControl(sign) ? ' ' : sign)]).Trim();
        return line.Length <= LongestMessage ? line : line[..LongestMessage] + "…";
    }
}
