using System.Globalization;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Takes up the commands in comments of which no webhook told, each once: a comment that a webhook brought as well has the same id. Thread-safe.</summary>
internal sealed class CommentCatchUp(IGitHub gitHub, IssueRuns runs, CommentIntake intake)
{
    /// <summary>The newest comment that was read: its number and when it was written.</summary>
    private const string Heard = "heard";

    public async Task TakeUpAsync(string runId, IssuePlace place, CancellationToken cancellation = default)
    {
        if (await runs.FindAsync(runId) is not { } run) return;
        var memory = runs.MemoryOf(runId);
        var (last, since) = Read(await memory.GetAsync(Heard, cancellation)) ?? (0, run.Status.StartedAt);
        var fresh = (await gitHub.ListCommentsAsync(place.Repository, place.Number, since, cancellation)).Where(comment => comment.Id > last).OrderBy(comment => comment.Id).ToList();
        if (fresh.Count == 0) return;
        var isMeant = (await runs.FindAsync(place.Repository, place.Number)).FirstOrDefault(found => !found.HasEnded)?.RunId is not { } meant || meant == runId;
        foreach (var comment in fresh.Where(comment => isMeant && WrittenCommand.InComment(comment.Body) is not null))
        {
            var isOpen = (await gitHub.GetIssueAsync(place.Repository, place.Number, cancellation)).State == GitHubState.Open;
            await intake.TakeAsync(Spoken(comment, isOpen), run, cancellation);
        }

        await memory.SetAsync(Heard, string.Create(CultureInfo.InvariantCulture, $"{fresh[^1].Id} {fresh[^1].CreatedAt:O}"), cancellation);
    }

    private static SpokenComment Spoken(GitHubComment comment, bool isOpen) => new()
    {
        Id = comment.Id,
        Author = comment.Author,
        ViaAppId = comment.ViaAppId,
        Body = comment.Body,
        CreatedAt = comment.CreatedAt,
        UpdatedAt = comment.UpdatedAt,
        IssueIsOpen = isOpen,
    };

    private static (long Last, DateTimeOffset Since)? Read(string? text) =>
        text?.Split(' ') is [var number, var at] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment)
            ? (id, moment) : null;
}
