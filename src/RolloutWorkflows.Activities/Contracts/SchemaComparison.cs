using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Holds a service's schema against the canonical one. What clients send must still be taken, so a request's schema may
/// become wider and not narrower; what they get must be what they know, so an answer's may become narrower and not wider.
/// </summary>
internal static class SchemaComparison
{
    private static readonly (string Narrow, string Wide)[] Formats = [("int32", "int64"), ("float", "double")];

    public static void Compare(IReadOnlyList<ContractNode> canonical, IReadOnlyList<ContractNode> service, ContractDirection direction, ContractFindings findings)
    {
        var (one, other) = (SchemaView.Of(canonical), SchemaView.Of(service));
        if (!findings.Seen.Add($"{direction} {one.Key} {other.Key}")) return;
        var deeper = findings.Deeper();
        var byType = one.HasUnion || other.HasUnion;
        Compare(one.Alternatives(byType), other.Alternatives(byType), one, other, direction, deeper);
    }

    private static void Compare(IReadOnlyList<SchemaView> canonical, IReadOnlyList<SchemaView> service, SchemaView one, SchemaView other, ContractDirection direction, ContractFindings findings)
    {
        if (canonical.Count == 1 && service.Count == 1 && !canonical[0].HasUnion && !service[0].HasUnion)
        {
            CompareSingle(canonical[0], service[0], direction, findings);
            return;
        }

        // What comes must find its match on the side that takes it.
        var (comes, takes) = direction == ContractDirection.Request ? (canonical, service) : (service, canonical);
        foreach (var coming in comes)
        {
            if (takes.Any(taking => Fits(coming, taking, direction, findings))) continue;
            var near = takes.Where(taking => taking.Types.SetEquals(coming.Types)).ToList();
            if (near is [var only]) Pair(coming, only, direction, findings.Deeper());
            else findings.Break(one.Pointer, $"{In(direction)} {TypesOf(one)}, one of {canonical.Count} alternatives", $"{TypesOf(coming)} at {(direction == ContractDirection.Request ? other : coming).Pointer}, which none of them is");
        }
    }

    private static bool Fits(SchemaView coming, SchemaView taking, ContractDirection direction, ContractFindings findings)
    {
        var trial = findings.Trial();
        Pair(coming, taking, direction, trial);
        return trial.Breaks.Count == 0;
    }

    private static void Pair(SchemaView coming, SchemaView taking, ContractDirection direction, ContractFindings findings)
    {
        var (canonical, service) = direction == ContractDirection.Request ? (coming, taking) : (taking, coming);
        // A union within an alternative is looked at like one of its own.
        if (canonical.HasUnion || service.HasUnion) Compare(canonical.Alternatives(byType: true), service.Alternatives(byType: true), canonical, service, direction, findings.Deeper());
        else CompareSingle(canonical, service, direction, findings);
    }

    private static void CompareSingle(SchemaView canonical, SchemaView service, ContractDirection direction, ContractFindings findings)
    {
        var at = canonical.Pointer;
        var (comes, takes) = direction == ContractDirection.Request ? (canonical, service) : (service, canonical);
        if (comes.Never) return;
        if (takes.Never)
        {
            findings.Break(at, $"{In(direction)} {TypesOf(canonical)}", direction == ContractDirection.Request ? "nothing that is taken" : TypesOf(service));
            return;
        }

        if (!comes.Types.IsSubsetOf(takes.Types))
        {
            // What else there is belongs to another type, and would be told of as well.
            findings.Break(at, $"{In(direction)} {TypesOf(canonical)}", TypesOf(service));
            return;
        }

        CompareFormat(canonical, service, comes, takes, direction, findings);
        CompareValues(canonical, service, comes, takes, direction, findings);
        CompareBounds(canonical, service, comes, takes, direction, findings);
        CompareAsWritten(canonical, service, comes, takes, direction, findings);
        if (canonical.Types.Contains("object") && service.Types.Contains("object")) PropertyComparison.Compare(canonical, service, direction, findings);
        if (canonical.Types.Contains("array") && service.Types.Contains("array")) CompareItems(canonical, service, direction, findings);
    }

    private static void CompareFormat(SchemaView canonical, SchemaView service, SchemaView comes, SchemaView takes, ContractDirection direction, ContractFindings findings)
    {
        if (takes.Format is null || takes.Format == comes.Format || Formats.Contains((comes.Format ?? "", takes.Format))) return;
        findings.Break(canonical.Pointer, $"{In(direction)} {FormatOf(canonical)}", FormatOf(service));

        static string FormatOf(SchemaView view) => view.Format is { } format ? $"format {format}" : "no format";
    }

    private static void CompareValues(SchemaView canonical, SchemaView service, SchemaView comes, SchemaView takes, ContractDirection direction, ContractFindings findings)
    {
        if (takes.Values is not { } taken) return;
        var unknown = comes.Values?.Except(taken).ToList();
        if (unknown is null) findings.Break(canonical.Pointer, $"{In(direction)} {ValuesOf(canonical)}", ValuesOf(service));
        else if (unknown.Count > 0 && direction == ContractDirection.Request) findings.Break(canonical.Pointer, $"in requests the value{(unknown.Count > 1 ? "s" : "")} {List(unknown)}", $"only {List(taken)}");
        else if (unknown.Count > 0) findings.Break(canonical.Pointer, $"in answers only {List(taken)}", $"also {List(unknown)}");

        static string ValuesOf(SchemaView view) => view.Values is { } values ? $"only {List(values)}" : "any value";
    }

    private static void CompareBounds(SchemaView canonical, SchemaView service, SchemaView comes, SchemaView takes, ContractDirection direction, ContractFindings findings)
    {
        foreach (var (keyword, bound) in takes.Bounds)
        {
            var lower = SchemaView.IsLowerBound(keyword);
            if (comes.Bounds.TryGetValue(keyword, out var coming) && (lower ? coming >= bound : coming <= bound)) continue;
            // A bound that is itself out is stricter than one that is in.
            if (Exclusive(keyword) is { } exclusive && comes.Bounds.TryGetValue(exclusive, out coming) && (lower ? coming >= bound : coming <= bound)) continue;
            if (Inclusive(keyword) is { } inclusive && comes.Bounds.TryGetValue(inclusive, out coming) && (lower ? coming > bound : coming < bound)) continue;
            findings.Break(canonical.Pointer, $"{In(direction)} {BoundOf(canonical, keyword)}", BoundOf(service, keyword));
        }

        static string BoundOf(SchemaView view, string keyword) =>
            view.Bounds.TryGetValue(keyword, out var bound) ? string.Create(CultureInfo.InvariantCulture, $"{keyword} {bound}") : $"no {keyword}";
        static string? Exclusive(string keyword) => keyword switch { "minimum" => "exclusiveMinimum", "maximum" => "exclusiveMaximum", _ => null };
        static string? Inclusive(string keyword) => keyword switch { "exclusiveMinimum" => "minimum", "exclusiveMaximum" => "maximum", _ => null };
    }

    /// <summary>Whether one such rule is narrower than another cannot be told, so one that the taking side has must be the same.</summary>
    private static void CompareAsWritten(SchemaView canonical, SchemaView service, SchemaView comes, SchemaView takes, ContractDirection direction, ContractFindings findings)
    {
        foreach (var (keyword, written) in takes.AsWritten)
        {
            if (comes.AsWritten.TryGetValue(keyword, out var coming) && coming == written) continue;
            findings.Break(canonical.Pointer, $"{In(direction)} {RuleOf(canonical, keyword)}", RuleOf(service, keyword));
        }

        static string RuleOf(SchemaView view, string keyword) => view.AsWritten.TryGetValue(keyword, out var written) ? $"{keyword} {Shortened(written)}" : $"no {keyword}";
    }

    private static void CompareItems(SchemaView canonical, SchemaView service, ContractDirection direction, ContractFindings findings)
    {
        if (canonical.Items.Count > 0 && service.Items.Count > 0) Compare(canonical.Items, service.Items, direction, findings);
        else if (direction == ContractDirection.Request ? service.Items.Count > 0 : canonical.Items.Count > 0)
            findings.Break(canonical.Pointer, $"{In(direction)} {ItemsOf(canonical)}", ItemsOf(service));

        static string ItemsOf(SchemaView view) => view.Items.Count > 0 ? $"items of {TypesOf(SchemaView.Of(view.Items))}" : "any items";
    }

    internal static string In(ContractDirection direction) => direction == ContractDirection.Request ? "in requests" : "in answers";

    internal static string TypesOf(SchemaView view) =>
        view.Never ? "nothing" : view.IsAnyType ? "any type" : view.Types.Count == 0 ? "no type"
        : string.Join(" or ", view.Types.Where(type => type != "integer" || !view.Types.Contains("number")).Order(StringComparer.Ordinal));

    private static string List(IEnumerable<string> values)
    {
        var all = values.ToList();
        return $"{string.Join(", ", all.Take(10).Select(Shortened))}{(all.Count > 10 ? $" and {all.Count - 10} more" : "")}";
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
