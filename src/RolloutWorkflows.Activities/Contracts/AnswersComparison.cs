namespace RolloutWorkflows.Activities;

/// <summary>Holds a service's answers against the canonical ones: statuses, bodies and headers.</summary>
internal static class AnswersComparison
{
    public static void Compare(string what, ContractNode canonical, ContractNode service, ContractFindings findings)
    {
        var theirs = service.ByName("responses");
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (status, ours) in canonical.Entries("responses"))
        {
            // A range or the default says of a status what is not said of it alone.
            var name = new[] { status, $"{status[..1]}XX", "default" }.FirstOrDefault(theirs.ContainsKey);
            if (name is null)
            {
                findings.Break(ours.Pointer, $"the answer {status} of {what}", theirs.Count == 0 ? "none" : $"only {string.Join(", ", theirs.Keys)}");
                continue;
            }

            used.Add(name);
            ContractComparison.CompareContent($"the answer {status} of {what}", ours, theirs[name], ContractDirection.Answer, findings);
            CompareHeaders(status, what, ours, theirs[name], findings);
        }

        foreach (var (status, node) in theirs.Where(entry => !used.Contains(entry.Key))) findings.Addition(node.Pointer, $"the answer {status} of {what}");
    }

    private static void CompareHeaders(string status, string what, ContractNode canonical, ContractNode service, ContractFindings findings)
    {
        var theirs = service.ByName("headers");
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, ours) in canonical.Entries("headers"))
        {
            known.Add(name);
            if (!theirs.TryGetValue(name, out var found))
            {
                findings.Break(ours.Pointer, $"the header {name} of the answer {status} of {what}", "none");
                continue;
            }

            if (ours.Flag("required") && !found.Flag("required")) findings.Break(ours.Pointer, $"the header {name} of the answer {status} of {what} always", "an optional one");
            ContractComparison.CompareSchemas(ours, found, ContractDirection.Answer, findings);
        }

        foreach (var (name, node) in theirs.Where(entry => !known.Contains(entry.Key))) findings.Addition(node.Pointer, $"the header {name} of the answer {status} of {what}");
    }
}
