using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>One request to GitHub's API.</summary>
/// <param name="Method">GET, POST or PATCH.</param>
/// <param name="Path">Below the API's address, escaped, with its query: <c>repos/chain/node/issues?state=all</c>.</param>
/// <param name="Body">What is sent as JSON; null: nothing.</param>
internal sealed record GitHubRequest(HttpMethod Method, string Path, JsonNode? Body = null)
{
    /// <summary>Where GraphQL is asked, in place of <see cref="Path"/>.</summary>
    public bool IsGraphQl { get; init; }

    /// <summary>The repository it is about, which leads to an App's installation.</summary>
    public GitHubRepository? Repository { get; init; }

    /// <summary>As whom it is sent.</summary>
    public GitHubSigner As { get; init; } = GitHubSigner.Account;

    /// <summary>True where sending it twice might do something twice.</summary>
    public bool Changes => !IsGraphQl && Method != HttpMethod.Get;

    /// <summary>What to call it in messages.</summary>
    public string Shown => IsGraphQl ? "POST /graphql" : $"{Method} /{Path.Split('?')[0]}";
}
