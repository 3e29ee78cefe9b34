namespace RolloutWorkflows.Activities;

/// <summary>The issues that incidents are. Safe to repeat: what stands already, by a tag in something of our own, is not written again.</summary>
internal sealed class IncidentIssues(IGitHub gitHub, IEffectJournal journal)
{
    private const int Newest = 100;

    /// <summary>Opens the incident, or brings the one of the same run, stage and title up to date.</summary>
    /// <returns>The issue, and what was done, as the middle of a sentence.</returns>
    public async Task<(GitHubIssue Issue, string How)> OpenAsync(GitHubRepository repository, IncidentMoment moment, string tag, CancellationToken cancellation)
    {
        var self = (await gitHub.WhoAmIAsync(cancellation)).User;
        var standing = await FindAsync(repository, moment.Request.RunId, tag, self, cancellation);
        if (standing is not null && IsOurs(standing.Author, self) && standing.Body.Contains(IssueTags.Message(moment.MessageId), StringComparison.Ordinal)) return (standing, "was opened");
        if (standing is not null) return (await UpdateAsync(repository, standing, moment, self, cancellation), "stood already and is brought up to date");

        IReadOnlyList<string> labels = [.. new[] { IncidentSeverity.IncidentLabel, IncidentSeverity.LabelOf(moment.Step.Severity) }.Concat(moment.Step.Labels).Distinct(StringComparer.OrdinalIgnoreCase)];
        await MakeLabelsAsync(repository, labels, cancellation);
        var issue = await gitHub.CreateIssueAsync(repository, new GitHubNewIssue(IncidentText.Title(moment.Step), IncidentText.Body(moment, tag)) { Labels = labels }, cancellation);
        return (issue, "was opened");
    }

    /// <summary>By the journal, or by the tag where an answer was lost before its number was known.</summary>
    private async Task<GitHubIssue?> FindAsync(GitHubRepository repository, string runId, string tag, GitHubUser self, CancellationToken cancellation)
    {
        var known = (await journal.ListAsync(runId, cancellation))
            .Where(effect => effect.Uses == "incident/open")
            .Select(IncidentReport.Of)
            .LastOrDefault(report => report is { Number: not null } && report.Tag == tag && GitHubRepository.TryParse(report.Repository, out var other) && other == repository);
        if (known is not null && await ReadAsync(repository, known.Number!.Value, cancellation) is { } standing) return standing;
        var own = await gitHub.ListIssuesAsync(repository, new GitHubIssueFilter { Creator = self.Login, Limit = Newest }, cancellation);
        return own.FirstOrDefault(issue => IsOurs(issue.Author, self) && issue.Body.Contains(IncidentText.Tag(tag), StringComparison.Ordinal));
    }

    /// <summary>Null: somebody deleted it.</summary>
    private async Task<GitHubIssue?> ReadAsync(GitHubRepository repository, int number, CancellationToken cancellation)
    {
        try
        {
            return await gitHub.GetIssueAsync(repository, number, cancellation);
        }
        catch (GitHubException gone) when (gone.Kind is GitHubFailure.NotFound or GitHubFailure.Gone)
        {
            return null;
        }
    }

    private async Task<GitHubIssue> UpdateAsync(GitHubRepository repository, GitHubIssue issue, IncidentMoment moment, GitHubUser self, CancellationToken cancellation)
    {
        var mark = IssueTags.Message(moment.MessageId);
        var comments = await gitHub.ListCommentsAsync(repository, issue.Number, moment.At - TimeSpan.FromMinutes(1), cancellation);
        if (!comments.Any(comment => IsOurs(comment.Author, self) && comment.Body.Contains(mark, StringComparison.Ordinal)))
            await gitHub.CreateCommentAsync(repository, issue.Number, IncidentText.Again(moment), cancellation);

        var severity = IncidentSeverity.Of(issue.Labels);
        var worse = severity is null || !IncidentSeverity.IsAtLeast(severity, moment.Step.Severity);
        if (worse) await MakeLabelsAsync(repository, [IncidentSeverity.LabelOf(moment.Step.Severity)], cancellation);
        if (!worse && issue.State == GitHubState.Open) return issue;
        return await gitHub.UpdateIssueAsync(repository, issue.Number, new GitHubIssueChange
        {
            State = GitHubState.Open,
            Labels = worse ? [.. issue.Labels.Where(label => severity is null || !label.Equals(IncidentSeverity.LabelOf(severity), StringComparison.OrdinalIgnoreCase)), IncidentSeverity.LabelOf(moment.Step.Severity)] : null,
        }, cancellation);
    }

    private async Task MakeLabelsAsync(GitHubRepository repository, IReadOnlyList<string> wanted, CancellationToken cancellation)
    {
        var known = (await gitHub.ListLabelsAsync(repository, cancellation)).Select(label => label.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in wanted.Where(name => !known.Contains(name)))
        {
            try
            {
                await gitHub.CreateLabelAsync(repository, IncidentSeverity.ToLabel(name), cancellation);
            }
            catch (GitHubException refused) when (refused.Kind is GitHubFailure.Validation or GitHubFailure.Forbidden or GitHubFailure.NotFound)
            {
                // Somebody was faster, or we may not: the incident matters more than the label's colour.
            }
        }
    }

    private static bool IsOurs(GitHubUser? author, GitHubUser self) => author?.Id == self.Id;
}
