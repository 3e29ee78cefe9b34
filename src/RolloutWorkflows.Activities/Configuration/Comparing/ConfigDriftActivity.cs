using System.Text.Json;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>config/drift</c>. Changes nothing.</summary>
internal sealed class ConfigDriftActivity(GrantedFiles files, TimeProvider time, ILogger<ConfigDriftActivity> logger) : StepActivity<ConfigDriftStep>(time, logger), IStepActivity<ConfigDriftStep>
{
    /// <summary>A file that is no configuration of this kind at all would fill the issue.</summary>
    private const int MostShown = 20;

    protected override async Task<StepResult> ExecuteAsync(StepCall<ConfigDriftStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (step.Gates is { ValueKind: not JsonValueKind.Object }) return Errored("with.gates: expected names of gates with their values.");
        try
        {
            var drift = new ConfigDrift(
                await ReadAsync(call.Request.Playbook, step.File, cancellation),
                await ReadAsync(call.Request.Playbook, step.Reference, cancellation),
                step);
            return Judge(step, drift.Differences(), drift.Declared);
        }
        catch (PlaybookFileException unusable)
        {
            return Errored(unusable.Sentence);
        }
    }

    private static StepResult Judge(ConfigDriftStep step, IReadOnlyList<string> differences, IReadOnlyDictionary<string, JsonElement> declared)
    {
        (string, object?)[] outputs = [("differences", differences.Take(MostShown)), ("gates", declared)];
        if (differences.Count == 0)
        {
            var gates = declared.Count == 0 ? "" : $" but for the declared gates {string.Join(", ", declared.Select(gate => $"{gate.Key}={gate.Value.GetRawText()}"))}";
            return Passed($"{step.File} equals {step.Reference}{gates}.", outputs);
        }

        var more = differences.Count > MostShown ? $"; and {differences.Count - MostShown} more" : "";
        return Failed($"{step.File} differs from {step.Reference} where it may not: {string.Join("; ", differences.Take(MostShown))}{more}.", outputs);
    }

    private async Task<ConfigDocument> ReadAsync(string playbook, string file, CancellationToken cancellation) =>
        ConfigDocument.Read(file, await files.ReadTextAsync(playbook, file, cancellation));
}
