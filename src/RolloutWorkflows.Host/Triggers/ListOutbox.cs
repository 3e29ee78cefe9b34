using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/outbox</c>: what runs have to say to the outside, and how far it got.</summary>
[Operation("Messages to channels and audiences, and what became of them.", Gives = typeof(OutboxPage), Query = ["run", "state", "top", "after"])]
internal sealed class ListOutbox(IOutbox outbox) : HttpTrigger
{
    private static readonly Dictionary<string, OutboxState> States = Enum.GetValues<OutboxState>().ToDictionary(state => state.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public override string Method => HttpMethods.Get;

    public override string Route => "api/outbox";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var top = Query.Number(http.Request, "top", standard: 100, minimum: 1, maximum: 1000);
        var run = Query.Text(http.Request, "run");
        var query = new OutboxQuery { RunId = run, State = StateOf(http.Request), After = Query.Position(http.Request, "after"), Limit = top + 1 };
        var found = await outbox.ListAsync(query, http.RequestAborted);
        var shown = found.Take(top).Select(OutboxItem.Of).ToList();
        var troubles = (await outbox.ListLanesAsync(run, http.RequestAborted)).Where(lane => lane is { IsFinished: false, Problem: not null });
        await AnswerAsync(http, new OutboxPage
        {
            Items = shown,
            Next = found.Count > top ? shown[^1].Id : null,
            Troubles = [.. troubles.Select(lane => new OutboxTrouble(lane.RunId, lane.Name, lane.Problem!, lane.RefreshedAt, lane.NextRefresh))],
        });
    }

    private static OutboxState? StateOf(HttpRequest request)
    {
        if (Query.Text(request, "state") is not { } text) return null;
        return States.TryGetValue(text, out var state) ? state
            : throw Problems.BadRequest($"?state= is '{text}'; expected one of {string.Join(", ", States.Keys)}.", Suggestion.Nearest(text, States.Keys) is { } near ? $"Did you mean '{near}'?" : "Leave it out for all.");
    }
}
