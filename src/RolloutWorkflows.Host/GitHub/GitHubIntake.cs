using Microsoft.Extensions.Logging;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>
/// Deals with what GitHub delivered, once it is established that it is GitHub's. What is answered with success is stored:
/// by the run, by the outbox, or by whoever answers deployments. Thread-safe.
/// </summary>
internal sealed partial class GitHubIntake(SqliteDeliveries deliveries, IssueNews news, CommentIntake comments, TickIntake ticks, WaitingDeployments deployments, ILogger<GitHubIntake> log)
{
    /// <summary>When GitHub is told that it was not taken; it gives up after ten seconds.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <exception cref="ProblemException">It was not taken, or cannot be.</exception>
    public async Task<GitHubTaken> TakeAsync(GitHubDelivery delivery)
    {
        if (deliveries.Has(IdOf(delivery), delivery.Digest)) return new GitHubTaken("It was delivered before, and dealt with then.");
        // Not given up where GitHub hangs up: what was said is said.
        var dealing = DealAsync(delivery);
        try
        {
            using var patience = new CancellationTokenSource(Limit);
            return await dealing.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!dealing.IsCompleted)
        {
            _ = dealing.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw Refused(delivery, GitHubProblems.NotTaken($"It was not stored within {Limit.TotalSeconds} seconds."));
        }
        catch (GitHubException failure)
        {
            throw Refused(delivery, GitHubProblems.NotTaken($"GitHub could not be asked who this server is there: {failure.Message}"));
        }
    }

    private async Task<GitHubTaken> DealAsync(GitHubDelivery delivery)
    {
        var taken = await DealWithAsync(delivery);
        if (!taken.Concerns) return taken;
        // After the effect: a crash in between has it delivered again, which is harmless.
        await deliveries.NoteAsync(IdOf(delivery), delivery.Digest);
        LogTaken(delivery.Name, delivery.Id, taken.Message);
        return taken;
    }

    /// <summary>The event's name belongs to it, since the same body means something else, or nothing, under another.</summary>
    private static string IdOf(GitHubDelivery delivery) => $"github:{delivery.Event}:{delivery.Id}";

    private async Task<GitHubTaken> DealWithAsync(GitHubDelivery delivery)
    {
        // The event's name is not signed, so the body must look like what it says.
        var isComment = GitHubJson.Object(delivery.Payload, "comment") is not null;
        return delivery.Event switch
        {
            "ping" => new GitHubTaken("Pong: the webhook reaches this server, and the secret is right."),
            "issue_comment" when isComment => delivery.Action switch
            {
                "created" => await comments.TakeAsync(delivery),
                "edited" => await comments.NoteEditAsync(delivery),
                _ => await news.TakeAsync(delivery),
            },
            "issues" when !isComment => delivery.Action == "edited" ? await ticks.TakeAsync(delivery) : await news.TakeAsync(delivery),
            "deployment_protection_rule" => await deployments.TakeAsync(delivery),
            _ => GitHubTaken.Ignored($"no rollout listens to {delivery.Name}"),
        };
    }

    private ProblemException Refused(GitHubDelivery delivery, ProblemException problem)
    {
        LogNotTaken(delivery.Name, delivery.Id, problem.Problem.Detail);
        return problem;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "GitHub delivered {Event} ({Delivery}): {Message}")]
    private partial void LogTaken(string @event, string delivery, string message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "GitHub delivered {Event} ({Delivery}), and it was not taken: {Why}")]
    private partial void LogNotTaken(string @event, string delivery, string why);
}
