using System.Text.Json;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Host;

/// <summary>Reads what a run that is to be superseded has left.</summary>
internal sealed class EarlierRuns(RunReader reader, DurableTaskClient client)
{
    /// <exception cref="ProblemException">404: no such run.</exception>
    public async Task<EarlierRun> ReadAsync(string runId)
    {
        var instance = await reader.RequireAsync(runId, CancellationToken.None);
        var run = RunReader.StatusOf(instance);
        var superseded = instance.ReadInputAs<RolloutInput>()!.Supersedes;
        return new EarlierRun
        {
            RunId = runId,
            Playbook = run.Playbook,
            // While other surfaces still move, it is not rolled back as a whole.
            State = run.Meanwhile ?? run.State,
            Failure = RunReader.FailureOf(instance),
            Stages = run.Stages,
            RolledBack = [.. superseded?.RolledBack.Where(name => run.Stages.All(stage => stage.Name != name || stage.State != StageState.Promoted)) ?? []],
            Outputs = await OutputsAsync(run),
        };
    }

    /// <summary>By stage; those of stages that a run took over itself lie with the run that carried them out.</summary>
    private async Task<Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>>> OutputsAsync(RunStatus run)
    {
        var outputs = new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>>>();
        foreach (var stage in run.Stages.Where(stage => stage.State == StageState.Promoted))
        {
            var instance = await client.GetInstanceAsync(OrchestrationNames.StageInstance(run.RunId, stage.Name, stage.Attempt), getInputsAndOutputs: true);
            if (instance?.ReadOutputAs<StageOutcome>() is { } outcome) outputs[stage.Name] = outcome.Outputs;
        }

        if (run.Supersedes is not { } before || await client.GetInstanceAsync(before, getInputsAndOutputs: true) is not { } earlier) return outputs;
        var taken = run.Stages.Where(stage => stage.State == StageState.TakenOver).Select(stage => stage.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (stage, left) in await OutputsAsync(RunReader.StatusOf(earlier)))
            if (taken.Contains(stage)) outputs[stage] = left;
        return outputs;
    }
}
