namespace RolloutWorkflows.Activities;

/// <summary>Holds the properties of a service's object against those of the canonical one.</summary>
internal static class PropertyComparison
{
    public static void Compare(SchemaView canonical, SchemaView service, ContractDirection direction, ContractFindings findings)
    {
        foreach (var (name, nodes) in canonical.Properties)
        {
            if (!Goes(nodes, direction)) continue;
            if (service.Properties.TryGetValue(name, out var theirs) && Goes(theirs, direction))
            {
                CompareRequired(canonical, service, name, nodes, direction, findings);
                SchemaComparison.Compare(nodes, theirs, direction, findings);
            }
            else
            {
                findings.Break(nodes[0].Pointer, $"{SchemaComparison.In(direction)} the property '{name}'", "none of that name");
            }
        }

        foreach (var (name, nodes) in service.Properties)
        {
            if (!Goes(nodes, direction) || (canonical.Properties.TryGetValue(name, out var known) && Goes(known, direction))) continue;
            if (direction == ContractDirection.Request && service.Required.Contains(name))
                findings.Break(nodes[0].Pointer, $"in requests no property '{name}' that old clients do not send", "a required one");
            else
                findings.Addition(nodes[0].Pointer, $"the property '{name}' {SchemaComparison.In(direction)}");
        }

        CompareOthers(canonical, service, direction, findings);
    }

    private static void CompareRequired(SchemaView canonical, SchemaView service, string name, List<ContractNode> nodes, ContractDirection direction, ContractFindings findings)
    {
        var (before, now) = (canonical.Required.Contains(name), service.Required.Contains(name));
        if (direction == ContractDirection.Request && !before && now)
            findings.Break(nodes[0].Pointer, $"in requests the property '{name}' to be optional", "a required one");
        if (direction == ContractDirection.Answer && before && !now)
            findings.Break(nodes[0].Pointer, $"in answers the property '{name}' always", "an optional one");
    }

    private static void CompareOthers(SchemaView canonical, SchemaView service, ContractDirection direction, ContractFindings findings)
    {
        if (direction == ContractDirection.Request && service.IsClosed && !canonical.IsClosed)
            findings.Break(canonical.Pointer, "in requests properties beside the named ones to be taken", "additionalProperties: false");
        else if (direction == ContractDirection.Answer && canonical.IsClosed && !service.IsClosed)
            findings.Addition(service.Pointer, "properties beside the named ones in answers");
        else if (canonical.Others.Count > 0 && service.Others.Count > 0)
            SchemaComparison.Compare(canonical.Others, service.Others, direction, findings);
        else if (direction == ContractDirection.Request ? service.Others.Count > 0 && !canonical.IsClosed : canonical.Others.Count > 0 && !service.IsClosed)
            findings.Break(canonical.Pointer, $"{SchemaComparison.In(direction)} {OthersOf(canonical)}", OthersOf(service));
    }

    private static string OthersOf(SchemaView view) =>
        view.Others.Count > 0 ? $"properties beside the named ones of {SchemaComparison.TypesOf(SchemaView.Of(view.Others))}" : "any properties beside the named ones";

    /// <summary>Whether a property goes this way: <c>readOnly</c> ones are only in answers, <c>writeOnly</c> ones only in requests.</summary>
    private static bool Goes(List<ContractNode> nodes, ContractDirection direction)
    {
        var view = SchemaView.Of(nodes);
        return !(direction == ContractDirection.Request ? view.ReadOnly : view.WriteOnly);
    }
}
