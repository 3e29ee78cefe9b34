using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>Which issue it is, written <c>owner/name#12</c>.</summary>
public sealed record IssuePlace(GitHubRepository Repository, int Number)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out IssuePlace? place)
    {
        place = null;
        var at = text?.LastIndexOf('#') ?? -1;
        if (at < 0 || !GitHubRepository.TryParse(text![..at], out var repository)) return false;
        if (!int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        place = new IssuePlace(repository, number);
        return true;
    }

    /// <summary>The same for every way of writing the repository, since upper and lower case are one to GitHub; what is kept to lead from an issue to its runs.</summary>
    public string Key => ToString().ToLowerInvariant();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Repository}#{Number}");
}
