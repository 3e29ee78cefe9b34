using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>http/request</c> to a real server, with an undo or irreversible.</summary>
internal sealed class SentKind : IAsyncDisposable
{
    private readonly StepRig _rig = new();
    private readonly bool _irreversible;
    private LoopbackServer _server = null!;
    private int _status = 200;

    private SentKind(bool irreversible) => _irreversible = irreversible;

    public IEffectJournal Journal => _rig.Journal;

    /// <summary>What the server was asked to do; looking does not count.</summary>
    public IEnumerable<string> Requests => _server.Requests.Where(request => !request.StartsWith("GET ", StringComparison.Ordinal));

    public static async Task<SentKind> StartAsync(bool irreversible)
    {
        var kind = new SentKind(irreversible);
        kind._server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = kind._status;
            return Task.CompletedTask;
        });
        return kind;
    }

    /// <summary>How the server answers from now on.</summary>
    public void AnswerWith(int status) => _status = status;

    public Task<StepResult> SendAsync(string stepId = "step", bool readBack = false)
    {
        var with = new Dictionary<string, object> { ["url"] = new Uri(_server.Address, "/releases") };
        if (readBack) with["readBackUrl"] = new Uri(_server.Address, "/live");
        return _rig.StepAsync(StepRig.Request("http/request", with) with
        {
            StepId = stepId,
            Irreversible = _irreversible,
            Undo = _irreversible ? null : new StepCall { Uses = "http/request", With = StepRig.Request("", new { url = new Uri(_server.Address, "/releases"), method = "DELETE" }).With },
        });
    }

    /// <summary>The steps that a rollback undoes, in its order.</summary>
    public async Task<IEnumerable<string>> OrderAsync() => (await _rig.CallAsync<RollbackWork>(ActivityNames.BeginRollback, new RollbackRequest
    {
        RunId = "run",
        Epoch = 1,
        To = RollbackTarget.Start,
        Stage = "one",
        Attempt = 1,
        OpenedStages = ["one"],
    })).Effects.Select(effect => effect.StepId);

    public async Task<CompensationResult> UndoAsync()
    {
        await Journal.RaiseEpochAsync("run", 1, surface: null);
        return await _rig.CallAsync<CompensationResult>(ActivityNames.Compensate, new CompensationRequest
        {
            RunId = "run",
            EffectId = Assert.Single(await Journal.ListAsync("run"), effect => effect.Undoes is null).EffectId,
            Epoch = 1,
            Actor = "rollout",
            Reason = "error-rate failed",
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _rig.Dispose();
    }
}
