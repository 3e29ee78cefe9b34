using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary><c>POST /api/playbooks/{playbook}/rehearsals</c>: keeps how the way back of its stages came out in a rehearsal.</summary>
[Operation("Keeps how the way back of a playbook's stages came out in a rehearsal.", Takes = typeof(RehearsalReport), Gives = typeof(IReadOnlyList<KnownRehearsal>))]
internal sealed class ReportRehearsal(PlaybookCatalog catalog, SqliteRehearsals rehearsals) : HttpTrigger
{
    /// <summary>Reports are for people: what is longer says no more.</summary>
    private const int MostProblems = 20;

    public override string Method => HttpMethods.Post;

    public override string Route => "api/playbooks/{playbook}/rehearsals";

    public override Permission Needs => Permission.Operate;

    public override async Task RunAsync(HttpContext http)
    {
        var playbook = catalog.Require(RouteValue(http, "playbook")).Playbook!;
        var report = await JsonBody.ReadAsync<RehearsalReport>(http.Request);
        if (report.Digest.Length != 64 || !report.Digest.All(char.IsAsciiHexDigitLower))
            throw Problems.BadRequest("'digest' is none; expected the SHA-256 of the playbook's text, 64 lower-case hex digits.", "`rollout rehearse FILE --record` sends it.");
        if (report.Stages.Any(stage => playbook.FindStage(stage.Stage) is null))
            throw Problems.BadRequest($"'stages' names one that {playbook.Name} has not; it has {string.Join(", ", playbook.Stages.Select(one => one.Name))}.", "Rehearse the playbook that is in the catalog.");
        await rehearsals.KeepAsync(playbook.Name, report with { Stages = [.. report.Stages.Select(Plain)] }, CallerOf(http).Actor);
        await AnswerAsync(http, rehearsals.Of(playbook.Name));
    }

    private static ReportedStage Plain(ReportedStage stage) =>
        stage with { Cause = WrittenText.Reason(stage.Cause, "cause")!, Problems = [.. stage.Problems.Take(MostProblems).Select(problem => WrittenText.Reason(problem, "problems")!)] };
}
