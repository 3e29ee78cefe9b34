namespace Phase2Api;

/// <summary>/v1: what clients of phase 1 call, translated to and from the words of phase 2.</summary>
internal sealed class Shims(Runs runs, Faults faults)
{
    public IResult Agents() => Results.Json(Runs.Agents.Select(agent => new { id = agent.Id, title = agent.Name }));

    public IResult List() => Results.Json(runs.All.Select(Shown));

    public IResult Get(string id) => runs.All.FirstOrDefault(run => run.Id == id) is { } found ? Results.Json(Shown(found)) : Results.NotFound();

    // A shim that drifted lets the new words through.
    private object Shown(Run run) => faults.Has(Faults.ShimDrift)
        ? new { id = run.Id, agent = run.Agent, state = run.State }
        : new { id = run.Id, agentId = run.Agent, status = run.State == "done" ? "closed" : "open" };
}
