using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// An OpenAPI description of version 3.0 or 3.1. References inside of it are followed, and none out of it. What comes from
/// a service is not trusted: depth, size and references that go round in circles end in a sentence. Immutable.
/// </summary>
internal sealed class ContractDocument
{
    private const int MaximumReferences = 32;

    private readonly JsonElement _root;

    private ContractDocument(JsonElement root) => _root = root;

    public ContractNode Root => new(this, _root, "#");

    /// <summary>Reads a description in JSON or YAML.</summary>
    /// <exception cref="ContractException">It is none.</exception>
    public static ContractDocument Read(string text)
    {
        var root = text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("{") ? ReadJson(text) : ReadYaml(text);
        if (root.ValueKind != JsonValueKind.Object) throw new ContractException("is no OpenAPI description: expected 'openapi: 3.0' or '3.1' at its beginning");
        var version = root.TryGetProperty("openapi", out var stated) ? stated.ToString() : root.TryGetProperty("swagger", out var old) ? $"swagger {old}" : "none";
        if (!version.StartsWith("3.0", StringComparison.Ordinal) && !version.StartsWith("3.1", StringComparison.Ordinal))
            throw new ContractException($"is of a version that is not read: expected OpenAPI 3.0 or 3.1, got {version}");
        return new ContractDocument(root);
    }

    /// <summary>The place itself, or the one that it refers to.</summary>
    /// <exception cref="ContractException">The reference leads nowhere, out of the file, or round in circles.</exception>
    public ContractNode Follow(ContractNode node)
    {
        var first = node.Pointer;
        for (var step = 0; node.IsObject && node.Value.TryGetProperty("$ref", out var reference) && reference.ValueKind == JsonValueKind.String; step++)
        {
            if (step == MaximumReferences) throw new ContractException($"refers in circles at {first}");
            // What stands beside a reference belongs to it: both count, as a schema made of both.
            if (step == 0 && node.Value.EnumerateObject().Any(property => property.Name is not ("$ref" or "description" or "summary"))) return node;
            node = At(reference.GetString()!, node.Pointer);
        }

        return node;
    }

    /// <summary>The place that a reference names.</summary>
    public ContractNode At(string reference, string from)
    {
        if (!reference.StartsWith('#')) throw new ContractException($"refers at {from} to '{Shortened(reference)}'; only references within the file, such as #/components/schemas/Run, are followed");
        var found = _root;
        foreach (var part in reference.TrimStart('#').Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty(name, out var below)) found = below;
            else if (found.ValueKind == JsonValueKind.Array && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < found.GetArrayLength()) found = found[index];
            else throw new ContractException($"refers at {from} to '{Shortened(reference)}', which is not there");
        }

        return new ContractNode(this, found, reference);
    }

    private static JsonElement ReadJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'));
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new ContractException($"is no JSON: {exception.Message.TrimEnd('.')}");
        }
    }

    private static JsonElement ReadYaml(string text) =>
        YamlText.TryRead(text, out var root, out var problem) ? root : throw new ContractException($"is neither JSON nor YAML that is read: {problem}");

    private static string Shortened(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
