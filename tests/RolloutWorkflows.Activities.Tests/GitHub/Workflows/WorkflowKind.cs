using System.Text.Json.Nodes;
using RolloutWorkflows.Counterparts;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>github/workflow</c> at a GitHub whose workflow runs end at once, with an undo or irreversible.</summary>
internal sealed class WorkflowKind : IAsyncDisposable
{
    private readonly GitHubSteps _steps;
    private readonly bool _irreversible;

    private WorkflowKind(GitHubSteps steps, bool irreversible) => (_steps, _irreversible) = (steps, irreversible);

    public IEffectJournal Journal => _steps.Rig.Journal;

    public FakeGitHubFaults Faults => _steps.Server.Faults;

    /// <summary>How workflow runs end from now on.</summary>
    public string Conclusion { get; set; } = "success";

    /// <summary>The workflows that ran.</summary>
    public IEnumerable<string> Ran => _steps.Repository.WorkflowRuns.Select(run => run.Workflow);

    public static async Task<WorkflowKind> StartAsync(bool irreversible) => new(await GitHubSteps.StartAsync(), irreversible);

    public static FakeGitHubAnswer Refusal(string message) => new(422, new JsonObject { ["message"] = message });

    public static bool IsDispatch(FakeGitHubRequest request) => request.Path.EndsWith("/dispatches", StringComparison.Ordinal);

    public Task<StepResult> SendAsync(string stepId = "step") => _steps.RunAsync(
        StepRig.Request("github/workflow", new { repository = "chain/node", workflow = "deploy.yml" }) with
        {
            StepId = stepId,
            Irreversible = _irreversible,
            Undo = _irreversible ? null : new StepCall { Uses = "github/workflow", With = StepRig.Request("", new { repository = "chain/node", workflow = "undo.yml" }).With },
        },
        _ => EndRunsAsync());

    /// <summary>The steps that a rollback undoes, in its order.</summary>
    public async Task<IEnumerable<string>> OrderAsync() => (await _steps.Rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
    {
        RunId = "run",
        Epoch = 1,
        To = RollbackTarget.Start,
        Stage = "one",
        Attempt = 1,
        OpenedStages = ["one"],
    })).Effects.Select(effect => effect.StepId);

    /// <summary>Compensates until the undo's workflow run has ended once.</summary>
    public async Task<CompensationResult> UndoAsync()
    {
        await Journal.RaiseEpochAsync("run", 1, surface: null);
        var runs = _steps.Repository.WorkflowRuns.Count;
        var result = await CompensateAsync();
        if (_steps.Repository.WorkflowRuns.Count == runs) return result;
        await EndRunsAsync();
        return await CompensateAsync();
    }

    public ValueTask DisposeAsync() => _steps.DisposeAsync();

    private async Task<CompensationResult> CompensateAsync() => await _steps.Rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
    {
        RunId = "run",
        EffectId = Assert.Single(await Journal.ListAsync("run"), effect => effect.Undoes is null).EffectId,
        Epoch = 1,
        Actor = "rollout",
        Reason = "error-rate failed",
    });

    private async Task EndRunsAsync()
    {
        foreach (var run in _steps.Repository.WorkflowRuns.Where(run => run.Status != "completed").ToList())
            await _steps.Server.SetRunAsync("chain/node", run.Id, "completed", Conclusion);
    }
}
