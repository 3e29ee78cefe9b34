using System.Text.Json;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>Every playbook that ships.</summary>
public sealed class EveryPlaybookTests
{
    public static TheoryData<string> Files => [.. PlaybookFiles.All.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Playbook_AsShipped_HasNoProblem(string file) => Assert.Equal("", string.Join('\n', Load(file).Problems));

    [Theory]
    [MemberData(nameof(Files))]
    public void Playbook_WrittenAsJson_ReadsBackTheSame(string file)
    {
        var json = JsonSerializer.Serialize(Load(file).Playbook, PlaybookJson.Options);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Playbook>(json, PlaybookJson.Options), PlaybookJson.Options));
    }

    [Fact]
    public void Playbooks_Together_UseEveryKind()
    {
        var playbooks = PlaybookFiles.All.Select(path => PlaybookLoader.Load(File.ReadAllText(path), path, StepCatalog.BuiltIn).Playbook!).ToList();
        var used = JsonSerializer.Serialize(playbooks, PlaybookJson.Options);

        Assert.Equal([], StepCatalog.BuiltIn.Kinds.Select(kind => kind.Name).Where(kind => !used.Contains($"\"{kind}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Guardrail_WithOnlyWhatItNeeds_HasTheModelsDefaults()
    {
        var guardrail = PlaybookLoader.Load("""
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: bare }
            spec:
              metrics:
                endorsements: { source: telemetry, value: endorsements }
              guardrails:
                - { metric: endorsements, failureCondition: result < 2 / 3 }
              stages:
                - name: only
                  steps: [ { uses: flag/set, with: { flag: credits, value: true } } ]
            """, "bare.yaml", StepCatalog.BuiltIn).Playbook!.Guardrails[0];
        var standard = new Guardrail { Name = guardrail.Name };

        Assert.Equal(standard with { Metric = "endorsements", FailureCondition = "result < 2 / 3", With = guardrail.With, Notify = guardrail.Notify }, guardrail);
    }

    private static PlaybookLoadResult Load(string file) => PlaybookLoader.Load(File.ReadAllText(PlaybookFiles.All.Single(path => Path.GetFileName(path) == file)), file, StepCatalog.BuiltIn);
}
