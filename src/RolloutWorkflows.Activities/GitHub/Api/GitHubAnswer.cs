using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>A good answer of GitHub's.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Json">Its body; undefined where there is none.</param>
/// <param name="Next">The next page's path below the API's address; null: this is the last.</param>
/// <param name="Headers">Its headers.</param>
internal sealed record GitHubAnswer(int Status, JsonElement Json, string? Next, IReadOnlyDictionary<string, string> Headers);
