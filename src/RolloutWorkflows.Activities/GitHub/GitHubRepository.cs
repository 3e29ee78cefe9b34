using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>A repository's name, <c>owner/name</c>, as GitHub allows it. Upper and lower case are the same repository.</summary>
public sealed partial record GitHubRepository
{
    /// <summary>What a valid name looks like, for messages.</summary>
    public const string Expected = "owner/name, such as chain/node";

    private GitHubRepository(string owner, string name) => (Owner, Name) = (owner, name);

    /// <summary>The user or organization.</summary>
    public string Owner { get; }

    /// <summary>The repository's own name.</summary>
    public string Name { get; }

    /// <summary>The repository of that name.</summary>
    /// <exception cref="FormatException">It is no repository's name.</exception>
    public static GitHubRepository Parse(string text) =>
        TryParse(text, out var repository) ? repository : throw new FormatException($"'{text}' is no repository: expected {Expected}");

    /// <summary>False where the text is no repository's name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out GitHubRepository? repository)
    {
        var match = Pattern().Match(text ?? "");
        repository = match.Success && match.Groups["name"].Value is not ("." or "..") ? new GitHubRepository(match.Groups["owner"].Value, match.Groups["name"].Value) : null;
        return repository is not null;
    }

    public bool Equals(GitHubRepository? other) => other is not null && string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    public override string ToString() => $"{Owner}/{Name}";

    // Accounts of enterprises carry an underscore and the enterprise's short code.
    [GeneratedRegex(@"\A(?<owner>[A-Za-z0-9](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9_])?)/(?<name>[A-Za-z0-9._-]{1,100})\z")]
    private static partial Regex Pattern();
}
