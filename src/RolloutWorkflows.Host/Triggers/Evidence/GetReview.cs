using Microsoft.AspNetCore.Http;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /api/rollouts/{id}/review</c>: the draft of a post-incident review, made of the run's own facts.</summary>
[Operation("The draft of a post-incident review of the run's last rollback: JSON or Markdown, by Accept.", Gives = typeof(ReviewDraft), Headers = ["Accept"])]
internal sealed class GetReview(RunReader reader, IReviews reviews) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "api/rollouts/{id}/review";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var runId = RouteValue(http, "id");
        await reader.RequireAsync(runId, http.RequestAborted);
        var draft = await DraftAsync(runId, http.RequestAborted)
            ?? throw Problems.Of(404, "rollback-not-found", "There is nothing to review", $"{runId} never went back.", "A review is drafted of a run that was rolled back.");
        if (!http.Request.Headers.Accept.ToString().Contains("text/markdown", StringComparison.OrdinalIgnoreCase))
        {
            await AnswerAsync(http, draft);
            return;
        }

        http.Response.ContentType = "text/markdown; charset=utf-8";
        await http.Response.WriteAsync(draft.Markdown, http.RequestAborted);
    }

    private async Task<ReviewDraft?> DraftAsync(string runId, CancellationToken cancellation)
    {
        try
        {
            return await reviews.DraftAsync(runId, cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Problems.Of(503, "template-unreadable", "The template of reviews cannot be read", error.Message, "Correct extensions.rollout.evidence.reviewTemplate, or mend the file.");
        }
    }
}
