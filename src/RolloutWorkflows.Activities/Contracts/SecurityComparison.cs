using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Holds what a service demands of callers against the canonical demands. Each way in that the canonical description
/// offers must still open the operation: with the same schemes, of the same kind, and no further scope.
/// </summary>
internal static class SecurityComparison
{
    public static void Compare(string what, ContractNode canonical, ContractNode service, ContractFindings findings)
    {
        var theirs = WaysIn(service);
        foreach (var ours in WaysIn(canonical))
        {
            if (theirs.Any(way => way.All(demand => ours.Contains(demand)))) continue;
            findings.Break(canonical.Pointer, $"{what} to open {Text(ours)}", $"{string.Join(", or ", theirs.Select(Text))}");
        }
    }

    /// <summary>The alternatives; each a set of demands, none meaning that everybody may.</summary>
    private static List<HashSet<string>> WaysIn(ContractNode operation)
    {
        var stated = operation.Value.TryGetProperty("security", out var own) && own.ValueKind == JsonValueKind.Array ? operation : operation.Document.Root;
        var ways = stated.Items("security").Select(way => DemandsOf(operation.Document, way)).ToList();
        return ways.Count == 0 ? [[]] : ways;
    }

    private static HashSet<string> DemandsOf(ContractDocument document, ContractNode way)
    {
        var demands = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (scheme, scopes) in way.Entries())
        {
            demands.Add(Describe(document, scheme));
            if (scopes.Value.ValueKind != JsonValueKind.Array) continue;
            foreach (var scope in scopes.Value.EnumerateArray()) demands.Add($"{Describe(document, scheme)} scope {scope}");
        }

        return demands;
    }

    /// <summary>What the scheme is; what it is called does not matter to a client.</summary>
    private static string Describe(ContractDocument document, string scheme)
    {
        var node = document.Root.FindObject("components")?.FindObject("securitySchemes")?.FindObject(scheme);
        return node is not { } found ? $"the unknown scheme {scheme}" : found.Text("type") switch
        {
            "apiKey" => $"the key {found.Text("name")} in {found.Text("in")}",
            "http" => $"http {found.Text("scheme")?.ToLowerInvariant()}",
            "openIdConnect" => $"openIdConnect {found.Text("openIdConnectUrl")}",
            var type => $"{type} {scheme}",
        };
    }

    private static string Text(HashSet<string> demands) => demands.Count == 0 ? "without credentials" : $"with {string.Join(" and ", demands.Order(StringComparer.Ordinal))}";
}
