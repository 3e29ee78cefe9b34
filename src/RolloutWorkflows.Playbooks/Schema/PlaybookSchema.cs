using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using RolloutWorkflows.Playbooks.Grammar;
using RolloutWorkflows.Playbooks.Schema;
using RolloutWorkflows.Playbooks.Steps;

namespace RolloutWorkflows.Playbooks;

/// <summary>
/// The JSON Schema (2020-12) of playbooks, for editors: keys with descriptions, defaults and values, and the
/// configuration of each step kind by the <c>uses</c> beside it. It follows from the same grammar that reads playbooks,
/// so it cannot allow another key; what needs the whole playbook to judge, only <see cref="PlaybookLoader"/> sees.
/// </summary>
public static class PlaybookSchema
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as text, ending with a line break. The same catalog gives the same text.</summary>
    public static string Generate(IStepCatalog catalog)
    {
        var writer = new ShapeSchemaWriter(catalog);
        var root = writer.Reference(PlaybookShapes.Playbook);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "RolloutWorkflows playbook, v1",
            ["$ref"] = root["$ref"]!.DeepClone(),
            ["$defs"] = writer.Definitions(),
        };
        return schema.ToJsonString(Format) + "\n";
    }
}
