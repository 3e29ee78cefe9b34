using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Orchestrations.Tests.Runs;

public sealed class LanguageSupportTests
{
    [Theory]
    [InlineData("rollback: { verify: [ { uses: manual/confirm, with: { prompt: Fine? } } ] }", "rollback asks people by manual/confirm (rollback-verify-manual-confirm-1), which is not waited for there")]
    [InlineData("finally: [ { uses: manual/confirm, with: { prompt: Fine? } } ]", "finally asks people by manual/confirm (finally-manual-confirm-1), which is not waited for there")]
    public void Playbook_AWordThatIsNotCarriedOut_CannotBeStarted(string word, string expected)
    {
        var playbook = Load($"  {word}\n", "");
        Assert.Equal([expected], LanguageSupport.NotCarriedOut(playbook, StepCatalog.BuiltIn));
    }

    [Theory]
    [InlineData("approval: { approvers: [ { group: g } ], bindTo: [evidence] }")]
    [InlineData("soak: { for: 1h, watch: true }")]
    [InlineData("retry: { approval: { approvers: [ { group: g } ] } }")]
    public void Stage_OnlyWhatIsCarriedOut_CanBeStarted(string word) => Assert.Empty(LanguageSupport.NotCarriedOut(Load("", $"      {word}\n"), StepCatalog.BuiltIn));

    [Fact]
    public void Surfaces_WhereverTheyStand_CanBeStarted() => Assert.Empty(LanguageSupport.NotCarriedOut(
        Load("  surfaces: [web]\n  rollback: { surface: web }\n", "      surface: web\n      guardrails: [ { uses: incident/none, interval: 5m, surface: web } ]\n"), StepCatalog.BuiltIn));

    [Fact]
    public void Playbook_OnlyWhatIsCarriedOut_CanBeStarted() => Assert.Empty(LanguageSupport.NotCarriedOut(Load("", ""), StepCatalog.BuiltIn));

    private static Playbook Load(string ofPlaybook, string ofStage)
    {
        var yaml = "apiVersion: rolloutworkflows/v1\nkind: Playbook\nmetadata: { name: words }\nspec:\n" + ofPlaybook
            + "  people: { persons: { a: { name: A } }, groups: { g: [a] } }\n"
            + "  stages:\n    - name: one\n      steps: [ { uses: flag/rollout, with: { flag: f, percent: 1 } } ]\n" + ofStage;
        var loaded = PlaybookLoader.Load(yaml, "words.yaml", StepCatalog.BuiltIn);
        return loaded.Playbook ?? throw new InvalidOperationException(string.Join("\n", loaded.Problems));
    }
}
