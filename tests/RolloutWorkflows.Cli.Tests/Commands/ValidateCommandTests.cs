using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Validate_ShippedPlaybook_IsValidAndCanBeStarted()
    {
        var result = (await CliProgram.RunAsync("validate", Repository.PathOf("playbooks", "web4-mycelia.yaml"))).Ended(ExitCode.Ok);

        Assert.Contains("valid, 6 stages", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be started", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_BrokenPlaybook_ShowsEveryProblemWithItsPlace()
    {
        var file = folder.Write("broken.yaml", "apiVersion: rolloutworkflows/v1\nkind: Playbook\nmetadata: { name: broken }\nspec:\n  stagez: []\n  stages:\n    - name: a\n      steps: [ { uses: flag/rolout, with: { flag: x, percent: 1 } } ]\n");

        var result = (await CliProgram.RunAsync("validate", file)).Ended(ExitCode.Invalid);

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, line => line.StartsWith($"{file}:5:3 RW", StringComparison.Ordinal) && line.Contains("did you mean 'stages'?", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"{file}:8:", StringComparison.Ordinal) && line.Contains("did you mean 'flag/rollout'?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Validate_Json_CanBeReadByPrograms()
    {
        var file = folder.Write("broken.yaml", "kind: Playbook\n");

        var result = (await CliProgram.RunAsync("validate", file, "--json")).Ended(ExitCode.Invalid);

        var report = JsonDocument.Parse(result.Output).RootElement[0];
        Assert.False(report.GetProperty("valid").GetBoolean());
        Assert.All(report.GetProperty("problems").EnumerateArray(), problem => Assert.StartsWith("RW", problem.GetProperty("code").GetString(), StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();
}
