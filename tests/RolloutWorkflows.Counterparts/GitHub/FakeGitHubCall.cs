using System.Globalization;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>A request on its way through a route.</summary>
internal sealed record FakeGitHubCall(FakeGitHubRequest Request, FakeSigner Signer, IReadOnlyDictionary<string, string> Values)
{
    public FakeRepository Repository { get; init; } = null!;

    public JsonObject Body => Request.Body ?? [];

    public long Number(string name) => long.TryParse(Values[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>A page of a list, with a <c>Link</c> to the next.</summary>
    public FakeGitHubAnswer Page(IEnumerable<JsonNode> items, Uri address, string? within = null)
    {
        var size = Math.Clamp(int.Parse(Request.Parameter("per_page") ?? "30", CultureInfo.InvariantCulture), 1, 100);
        var page = int.Parse(Request.Parameter("page") ?? "1", CultureInfo.InvariantCulture);
        var all = items.ToList();
        var list = new JsonArray([.. all.Skip((page - 1) * size).Take(size)]);
        JsonNode body = within is null ? list : new JsonObject { ["total_count"] = all.Count, [within] = list };
        if (all.Count <= page * size) return new FakeGitHubAnswer(200, body);
        var others = Request.Query.TrimStart('?').Split('&').Where(part => part.Length > 0 && !part.StartsWith("page=", StringComparison.Ordinal)).Append(FormattableString.Invariant($"page={page + 1}"));
        return new FakeGitHubAnswer(200, body, ("Link", $"<{address.GetLeftPart(UriPartial.Authority)}{Request.Prefix}{Request.Path}?{string.Join('&', others)}>; rel=\"next\""));
    }
}
