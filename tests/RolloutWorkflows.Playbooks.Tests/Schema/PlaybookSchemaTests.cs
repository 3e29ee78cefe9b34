using System.Text.Json.Nodes;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class PlaybookSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(PlaybookSchema.Generate(StepCatalog.BuiltIn))!;

    public static TheoryData<string> Playbooks => [.. PlaybookFiles.All];

    [Fact]
    [Trait("Category", "Generated")]
    public void Schema_InTheRepository_IsWhatTheCodeSays() =>
        GeneratedFile.AssertUpToDate(PlaybookSchema.Generate(StepCatalog.BuiltIn), "schemas", "playbook.v1.json");

    [Theory]
    [MemberData(nameof(Playbooks))]
    public void Playbook_ThatValidates_FitsTheSchema(string path) =>
        Assert.Equal([], SchemaCheck.Run(Schema, ToJson(File.ReadAllText(path))));

    [Theory]
    [InlineData("soak: { for: 24h", "soack: { for: 24h", "spec.stages[1].soack")]
    [InlineData("soak: { for: 24h", "soak: { for: 24", "spec.stages[1].soak.for")]
    [InlineData("onFailed: rollback", "onFailed: rolback", "spec.guardrails[0].onFailed")]
    [InlineData("percent: 10 }", "percent: 110 }", "spec.stages[3].steps[0].with.percent")]
    [InlineData("percent: 10 }", "percentage: 10 }", "spec.stages[3].steps[0].with.percentage")]
    [InlineData("uses: flag/canary", "uses: flag/canaries", "spec.stages[1].steps[0].uses")]
    [InlineData("minApprovals: 2", "minApprovals: 0", "spec.stages[4].approval.minApprovals")]
    [InlineData("{ webhook: team }", "{ webhook: team, slack: C0TEAM }", "spec.channels.team")]
    [InlineData("  name: web4-mycelia", "  name: Web4 Mycelia", "metadata.name")]
    [InlineData("      failureLimit: 2", "      failureLimit: two", "spec.guardrails[0].failureLimit")]
    public void Playbook_WithAMistake_DoesNotFitTheSchema(string before, string after, string path)
    {
        var yaml = Repository.Read("playbooks", "web4-mycelia.yaml");
        var at = yaml.IndexOf(before, StringComparison.Ordinal);

        var found = SchemaCheck.Run(Schema, ToJson(yaml[..at] + after + yaml[(at + before.Length)..]));

        Assert.Contains(path, found);
    }

    [Fact]
    public void Schema_EveryKeyAndKind_IsExplained()
    {
        var missing = Schema["$defs"]!.AsObject()
            .Where(definition => definition.Value!["properties"] is not null)
            .SelectMany(definition => definition.Value!["properties"]!.AsObject().Where(property => property.Value!["description"] is null).Select(property => $"{definition.Key}.{property.Key}"));

        Assert.Equal([], missing);
        Assert.Equal(StepCatalog.BuiltIn.Kinds.Count, Schema["$defs"]!["with-by-kind"]!["allOf"]!.AsArray().Count);
    }

    private static JsonNode? ToJson(string yaml) =>
        JsonNode.Parse(YamlValues.ToJson(YamlReader.Read(yaml, new ProblemList("p.yaml"))!).GetRawText());
}
