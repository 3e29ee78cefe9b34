namespace RolloutWorkflows.Activities;

/// <summary>Holds the parameters of a service's operation against those of the canonical one.</summary>
internal static class ParameterComparison
{
    public static void Compare(string what, Dictionary<string, ContractNode> canonical, Dictionary<string, ContractNode> service, ContractFindings findings)
    {
        var known = new HashSet<string>();
        foreach (var (key, ours) in canonical)
        {
            known.Add(key);
            if (!service.TryGetValue(key, out var found))
            {
                findings.Break(ours.Pointer, $"the parameter {NameOf(ours)} of {what}", "none");
                continue;
            }

            if (IsRequired(found) && !IsRequired(ours)) findings.Break(ours.Pointer, $"the parameter {NameOf(ours)} of {what} to be optional", "a required one");
            if (StyleOf(ours) != StyleOf(found)) findings.Break(ours.Pointer, $"the parameter {NameOf(ours)} of {what} written as {StyleOf(ours)}", StyleOf(found));
            ContractComparison.CompareSchemas(ours, found, ContractDirection.Request, findings);
        }

        foreach (var (_, node) in service.Where(entry => !known.Contains(entry.Key)))
        {
            if (IsRequired(node)) findings.Break(node.Pointer, $"no parameter {NameOf(node)} of {what} that old clients do not send", "a required one");
            else findings.Addition(node.Pointer, $"the parameter {NameOf(node)} of {what}");
        }
    }

    /// <summary>The parameters of the operation and of its path; one of the operation replaces the path's. Those in the path are told by their place in it.</summary>
    public static Dictionary<string, ContractNode> ParametersOf(string path, ContractNode pathNode, ContractNode operation)
    {
        var inPath = ContractComparison.Parameter().Matches(path).Select(match => match.Value[1..^1]).ToList();
        var found = new Dictionary<string, ContractNode>(StringComparer.Ordinal);
        foreach (var node in pathNode.Items("parameters").Concat(operation.Items("parameters")))
        {
            var (place, name) = (node.Text("in") ?? "", node.Text("name") ?? "");
            var key = place switch
            {
                "path" => $"path {inPath.IndexOf(name)}",
                "header" => $"header {name.ToLowerInvariant()}",
                _ => $"{place} {name}",
            };
            found[key] = node;
        }

        return found;
    }

    public static bool IsRequired(ContractNode parameter) => parameter.Flag("required") || parameter.Text("in") == "path";

    private static string NameOf(ContractNode parameter) => $"{parameter.Text("name")} in {parameter.Text("in")}";

    /// <summary>How the value is written, with what holds where nothing is said.</summary>
    private static string StyleOf(ContractNode parameter)
    {
        var style = parameter.Text("style") ?? (parameter.Text("in") is "query" or "cookie" ? "form" : "simple");
        var explodes = parameter.Value.TryGetProperty("explode", out var stated) ? stated.ValueKind == System.Text.Json.JsonValueKind.True : style == "form";
        return explodes ? $"{style}, exploded" : style;
    }
}
