using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>An in-toto statement whose signature holds: what is said of which things. Immutable.</summary>
internal sealed class Attestation(JsonElement statement)
{
    public const string SlsaProvenance = "https://slsa.dev/provenance/v1";

    private static readonly string[] StatementTypes = ["https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1"];

    public string PredicateType => TextAt(statement, "predicateType") ?? "";

    /// <summary>The SBOM's format where the statement is an SBOM that is filled in; otherwise null.</summary>
    public string? SbomFormat => Find(statement, "predicate") is not { } predicate ? null
        : PredicateType.StartsWith("https://cyclonedx.org/bom", StringComparison.Ordinal) && SbomFormatOf(predicate) is { } cycloneDx && cycloneDx.StartsWith("CycloneDX", StringComparison.Ordinal) ? cycloneDx
        : PredicateType.StartsWith("https://spdx.dev/Document", StringComparison.Ordinal) && SbomFormatOf(predicate) is { } spdx && spdx.StartsWith("SPDX", StringComparison.Ordinal) ? spdx
        : null;

    public string? Builder => Find(statement, "predicate", "runDetails", "builder", "id") is { ValueKind: JsonValueKind.String } id ? id.GetString() : null;

    /// <summary>The git revisions that the build took in, each with where from.</summary>
    public IReadOnlyList<(string Source, string Revision)> Revisions =>
        Find(statement, "predicate", "buildDefinition", "resolvedDependencies") is not { ValueKind: JsonValueKind.Array } dependencies ? []
        : [.. dependencies.EnumerateArray()
            .Select(dependency => (Source: (TextAt(dependency, "uri") ?? "").Split('@')[0], Revision: TextAt(dependency, "digest", "gitCommit") ?? TextAt(dependency, "digest", "sha1")))
            .Where(dependency => dependency.Revision is not null)
            .Select(dependency => (dependency.Source, dependency.Revision!))];

    /// <summary>What an SBOM document is, such as <c>CycloneDX 1.6</c>; null where it is none.</summary>
    public static string? SbomFormatOf(JsonElement document) =>
        TextAt(document, "bomFormat") == "CycloneDX" ? $"CycloneDX {TextAt(document, "specVersion")}".TrimEnd()
        : TextAt(document, "spdxVersion") is { } version && version.StartsWith("SPDX-", StringComparison.Ordinal) ? $"SPDX {version[5..]}"
        : Find(document, "@graph") is { ValueKind: JsonValueKind.Array } ? "SPDX 3"
        : null;

    /// <summary>Why the statement says nothing of a thing with this SHA-256; null where it does.</summary>
    public string? RefusalOf(string sha256)
    {
        var type = TextAt(statement, "_type");
        if (!StatementTypes.Contains(type)) return $"expected an in-toto statement of type {StatementTypes[0]}, got {type ?? "none"}";
        var subjects = Find(statement, "subject") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(subject => TextAt(subject, "digest", "sha256") ?? "none").ToList() : [];
        return subjects.Contains(sha256, StringComparer.OrdinalIgnoreCase) ? null : $"it is about another thing: expected a subject with sha256 {sha256}, got {(subjects.Count == 0 ? "no subject" : string.Join(", ", subjects.Take(3)))}";
    }

    private static string? TextAt(JsonElement element, params string[] path) => Find(element, path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Find(JsonElement element, params string[] path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }

        return element;
    }
}
