using System.Text.RegularExpressions;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Finds what a client of the canonical description cannot rely on in the service's: removed paths, operations, answers
/// and fields, new demands on requests, other types, new security. Where servers are is not compared.
/// </summary>
internal static partial class ContractComparison
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    /// <summary>All breaks and additions, each once.</summary>
    /// <exception cref="ContractException">The descriptions cannot be compared.</exception>
    public static ContractFindings Compare(ContractDocument canonical, ContractDocument service)
    {
        var findings = new ContractFindings();
        var theirs = PathsOf(service);
        var known = new HashSet<string>();
        foreach (var (template, (path, node)) in PathsOf(canonical))
        {
            known.Add(template);
            if (theirs.TryGetValue(template, out var found)) ComparePath((path, node), found, findings);
            else findings.Break(node.Pointer, $"the path {path}", "none");
        }

        foreach (var (_, (path, node)) in theirs.Where(pair => !known.Contains(pair.Key))) findings.Addition(node.Pointer, $"the path {path}");
        return findings;
    }

    /// <summary>The paths by their form: what a parameter in them is called does not matter.</summary>
    private static Dictionary<string, (string Path, ContractNode Node)> PathsOf(ContractDocument document)
    {
        var paths = new Dictionary<string, (string, ContractNode)>();
        foreach (var (path, node) in document.Root.Entries("paths")) paths.TryAdd(Parameter().Replace(path, "{}"), (path, node));
        return paths;
    }

    private static void ComparePath((string Path, ContractNode Node) canonical, (string Path, ContractNode Node) service, ContractFindings findings)
    {
        foreach (var method in Methods)
        {
            var what = $"{method.ToUpperInvariant()} {canonical.Path}";
            switch (canonical.Node.FindObject(method), service.Node.FindObject(method))
            {
                case ({ } ours, { } theirs):
                    ParameterComparison.Compare(what, ParameterComparison.ParametersOf(canonical.Path, canonical.Node, ours), ParameterComparison.ParametersOf(service.Path, service.Node, theirs), findings);
                    CompareBody(what, ours, theirs, findings);
                    AnswersComparison.Compare(what, ours, theirs, findings);
                    SecurityComparison.Compare(what, ours, theirs, findings);
                    break;
                case ({ } removed, null):
                    findings.Break(removed.Pointer, $"the operation {what}", "none");
                    break;
                case (null, { } added):
                    findings.Addition(added.Pointer, $"the operation {what}");
                    break;
            }
        }
    }

    private static void CompareBody(string what, ContractNode canonical, ContractNode service, ContractFindings findings)
    {
        switch (canonical.FindObject("requestBody"), service.FindObject("requestBody"))
        {
            case ({ } ours, { } theirs):
                if (theirs.Flag("required") && !ours.Flag("required")) findings.Break(ours.Pointer, $"the body of {what} to be optional", "a required one");
                CompareContent($"the body of {what}", ours, theirs, ContractDirection.Request, findings);
                break;
            case ({ } removed, null):
                findings.Break(removed.Pointer, $"a body of {what}", "none");
                break;
            case (null, { } added) when added.Flag("required"):
                findings.Break(added.Pointer, $"no body of {what} that old clients do not send", "a required one");
                break;
            case (null, { } added):
                findings.Addition(added.Pointer, $"a body of {what}");
                break;
        }
    }

    /// <summary>The bodies of each media type.</summary>
    public static void CompareContent(string what, ContractNode canonical, ContractNode service, ContractDirection direction, ContractFindings findings)
    {
        var theirs = service.ByName("content");
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (type, ours) in canonical.Entries("content"))
        {
            known.Add(type);
            if (!theirs.TryGetValue(type, out var found)) findings.Break(ours.Pointer, $"{what} as {type}", theirs.Count == 0 ? "no content" : $"only {string.Join(", ", theirs.Keys)}");
            else CompareSchemas(ours, found, direction, findings);
        }

        foreach (var (type, node) in theirs.Where(entry => !known.Contains(entry.Key))) findings.Addition(node.Pointer, $"{what} as {type}");
    }

    /// <summary>What stands under <c>schema</c>; none means that anything may come.</summary>
    public static void CompareSchemas(ContractNode canonical, ContractNode service, ContractDirection direction, ContractFindings findings)
    {
        var (ours, theirs) = (canonical.Find("schema"), service.Find("schema"));
        if (ours is { } one && theirs is { } other) SchemaComparison.Compare([one], [other], direction, findings);
        else if ((direction == ContractDirection.Request ? theirs : ours) is { } taking && (taking.IsObject && taking.Value.EnumerateObject().Any()))
            findings.Break(canonical.Pointer, ours is null ? $"{SchemaComparison.In(direction)} any value" : $"{SchemaComparison.In(direction)} a schema", ours is null ? "a schema" : "none");
    }

    [GeneratedRegex(@"\{[^/{}]*\}")]
    internal static partial Regex Parameter();
}
