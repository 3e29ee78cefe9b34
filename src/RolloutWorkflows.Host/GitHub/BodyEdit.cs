using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>One edit of an issue's text by a person.</summary>
/// <param name="Editor">Who, as GitHub vouches for it.</param>
/// <param name="At">When, by GitHub's clock.</param>
/// <param name="From">The text before.</param>
/// <param name="To">The text after.</param>
internal sealed record BodyEdit(GitHubUser Editor, DateTimeOffset At, string From, string To)
{
    public Identity Identity => Identity.GitHub(Editor.Id, Editor.Login);

    /// <summary>Names the text after it: the beginning of its SHA-256.</summary>
    public string Revision => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(To)))[..12];
}
