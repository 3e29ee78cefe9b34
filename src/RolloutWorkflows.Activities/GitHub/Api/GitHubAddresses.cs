using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>Which addresses requests go to: those of the configured API and no others, whatever an answer says. Pure.</summary>
internal sealed partial class GitHubAddresses(GitHubOptions options)
{
    private readonly Uri _base = new($"{options.ApiUrl.AbsoluteUri.TrimEnd('/')}/");

    /// <summary>For messages.</summary>
    public string Host => _base.Authority;

    public Uri Of(GitHubRequest request) => request.IsGraphQl ? options.GraphQlUrl : new Uri(_base, request.Path);

    /// <summary>Where a redirect leads; null: not to this API.</summary>
    public Uri? Redirected(Uri from, string? location) =>
        location is not null && Uri.TryCreate(from, location, out var to) && IsOurs(to) ? to : null;

    /// <summary>The next page's path, from a <c>Link</c> header; null: none, or not of this API.</summary>
    public string? NextPage(string? link)
    {
        var match = Next().Match(link ?? "");
        return match.Success && Uri.TryCreate(match.Groups[1].Value, UriKind.Absolute, out var to) && IsOurs(to) ? to.AbsoluteUri[_base.AbsoluteUri.Length..] : null;
    }

    private bool IsOurs(Uri to) => to.AbsoluteUri.StartsWith(_base.AbsoluteUri, StringComparison.Ordinal);

    [GeneratedRegex("<([^<>]{1,2000})>;[^,<]*rel=\"next\"")]
    private static partial Regex Next();
}
