using System.Text.Json;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Puts the draft of a review as a comment under each incident that the run opened, through a lane of the outbox; once for each way back.</summary>
internal sealed class ReviewComments(IReviews reviews, IGitHub gitHub, IEffectJournal journal) : IAudienceChannel
{
    public const string LaneKind = "review";

    /// <summary>Below GitHub's limit of a comment, with room for the mark.</summary>
    private const int LongestComment = 60_000;

    private sealed record Told(string Repository, int Number);

    public string Kind => LaneKind;

    public string? PlaceOf(Audience audience) => null;

    public string? ObstacleTo(string place) => null;

    /// <summary>The messages for a way back that is done: one for each incident that stands.</summary>
    public async Task<IReadOnlyList<ChannelMessage>> MessagesAsync(StoredEvidence rollback, CancellationToken cancellation) =>
    [
        .. (await journal.ListAsync(rollback.RunId, cancellation)).Where(effect => effect.Uses == "incident/open").Select(IncidentReport.Of)
            .Where(incident => incident is { Sent: true, Number: not null }).DistinctBy(incident => (incident.Repository, incident.Number))
            .Select(incident => new ChannelMessage
            {
                MessageId = $"review:{IncidentReport.Digest($"{rollback.RunId}/{rollback.Number}/{incident.Repository}/{incident.Number}")}",
                RunId = rollback.RunId,
                At = rollback.At,
                Summary = $"draft of the review to {incident.Repository}#{incident.Number}",
                Content = JsonSerializer.SerializeToElement(new Told(incident.Repository, incident.Number!.Value), JsonSerializerOptions.Web),
            }),
    ];

    public async Task<Delivery> DeliverAsync(string place, ChannelMessage message, CancellationToken cancellation)
    {
        var told = message.Content.Deserialize<Told>(JsonSerializerOptions.Web)!;
        if (!GitHubRepository.TryParse(told.Repository, out var repository)) return Delivery.Refused($"'{told.Repository}' is no repository");
        try
        {
            var mark = IssueTags.Message(message.MessageId);
            var self = (await gitHub.WhoAmIAsync(cancellation)).User;
            var comments = await gitHub.ListCommentsAsync(repository, told.Number, message.At - TimeSpan.FromMinutes(5), cancellation);
            if (comments.Any(comment => comment.Author?.Id == self.Id && comment.Body.Contains(mark, StringComparison.Ordinal))) return Delivery.Nothing;
            if (await reviews.DraftAsync(message.RunId, cancellation) is not { } draft) return Delivery.Refused("the run is not on this server any more");
            var text = draft.Markdown.Length <= LongestComment ? draft.Markdown : $"{draft.Markdown[..LongestComment]}\n\n… `rollout review {message.RunId}` shows the rest.";
            await gitHub.CreateCommentAsync(repository, told.Number, $"{text}\n{mark}", cancellation);
            return Delivery.Done($"{told.Repository}#{told.Number}");
        }
        catch (GitHubException none)
        {
            return none.MayPass ? Delivery.Later(none.Message, none.RetryAfter) : Delivery.Refused(none.Message);
        }
    }
}
