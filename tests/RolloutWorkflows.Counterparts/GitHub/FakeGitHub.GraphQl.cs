using System.Globalization;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>The one question that is put in GraphQL: who edited an issue's text.</summary>
public sealed partial class FakeGitHub
{
    private const int EditsAPage = 100;

    private FakeGitHubAnswer AnswerGraphQl(FakeGitHubRequest request)
    {
        var query = (string?)request.Body?["query"] ?? "";
        var variables = request.Body?["variables"] as JsonObject ?? [];
        if (!query.Contains("userContentEdits(first: 100", StringComparison.Ordinal)) return Failed("UNKNOWN", "The fake knows only userContentEdits.");
        if (!_repositories.TryGetValue($"{variables["owner"]}/{variables["name"]}", out var repository)) return Failed("NOT_FOUND", $"Could not resolve to a Repository with the name '{variables["owner"]}/{variables["name"]}'.");
        var number = (int?)variables["number"];
        if (repository.Issues.FirstOrDefault(issue => issue.Number == number) is not { } found) return Failed("NOT_FOUND", $"Could not resolve to an Issue with the number of {number}.");
        return new FakeGitHubAnswer(200, new JsonObject { ["data"] = new JsonObject { ["repository"] = new JsonObject { ["issue"] = new JsonObject { ["userContentEdits"] = Edits(repository, found, (string?)variables["after"]) } } } });
    }

    private static JsonObject Edits(FakeRepository repository, FakeIssue issue, string? after)
    {
        var first = after is null ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
        var nodes = issue.Edits.AsEnumerable().Reverse().Skip(first).Take(EditsAPage).Select(edit => new JsonObject
        {
            ["editedAt"] = Shape.Moment(edit.EditedAt),
            ["deletedAt"] = edit.Text is null ? Shape.Moment(edit.EditedAt) : null,
            ["diff"] = repository.HidesRevisions ? null : edit.Text,
            ["editor"] = edit.Editor is { } editor ? new JsonObject { ["__typename"] = editor.Type, ["login"] = editor.Login.Replace("[bot]", "", StringComparison.Ordinal), ["databaseId"] = editor.Id } : null,
        });
        return new JsonObject
        {
            ["pageInfo"] = new JsonObject { ["hasNextPage"] = first + EditsAPage < issue.Edits.Count, ["endCursor"] = (first + EditsAPage).ToString(CultureInfo.InvariantCulture) },
            ["nodes"] = new JsonArray([.. nodes]),
        };
    }

    private static FakeGitHubAnswer Failed(string type, string message) => new(200, new JsonObject
    {
        ["data"] = null,
        ["errors"] = new JsonArray(new JsonObject { ["type"] = type, ["message"] = message }),
    });
}
