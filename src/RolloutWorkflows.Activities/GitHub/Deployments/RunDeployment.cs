using System.Globalization;
using System.Text.Json;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>
/// Shows a run as a GitHub deployment of what the playbook names, with a status for each stage that opens or is promoted,
/// each rollback and the end. What an earlier try made is found again by the run that stands in the deployment's payload. Thread-safe.
/// </summary>
internal sealed class RunDeployment(IGitHub gitHub) : IChannel
{
    private const string Key = "deployment";
    private const string RunMember = "rolloutRun";

    public string Name => "deployment";

    public bool Shows(Playbook playbook) => playbook.Channels.Deployment is not null && gitHub.IsConnected;

    public IEnumerable<ChannelMessage> MessagesOf(RunLogEntry entry, ChannelRun run)
    {
        if (DeploymentStep.Of(entry) is not { } step) yield break;
        yield return new ChannelMessage
        {
            MessageId = $"deployment:{entry.EntryId}",
            RunId = run.RunId,
            At = entry.At,
            Summary = step.Description,
            Content = JsonSerializer.SerializeToElement(step, PlaybookJson.Options),
        };
    }

    public async Task<Delivery> DeliverAsync(ChannelMessage message, ChannelRun run, CancellationToken cancellation)
    {
        try
        {
            var channel = run.Input.Playbook.Channels.Deployment!;
            var step = message.Content.Deserialize<DeploymentStep>(PlaybookJson.Options)!;
            if (!GitHubRepository.TryParse(channel.Repository, out var repository)) return Delivery.Refused($"'{channel.Repository}' is no repository; expected {GitHubRepository.Expected}");
            if (await run.Memory.GetAsync(message.MessageId, cancellation) is { } shown) return Delivery.Done(shown);
            var deployment = await FindAsync(repository, channel, run, cancellation);
            if (!await StandsAsync(repository, deployment, step, message, cancellation))
                await gitHub.CreateDeploymentStatusAsync(repository, deployment, new GitHubNewDeploymentStatus(step.State) { Description = step.Description }, cancellation);
            var reference = string.Create(CultureInfo.InvariantCulture, $"{repository} deployment {deployment}");
            await run.Memory.SetAsync(message.MessageId, reference, cancellation);
            return Delivery.Done(reference);
        }
        catch (GitHubException none)
        {
            // What the operator can mend, such as a permission, is tried again as well; what makes no sense to GitHub is not.
            return none.Kind == GitHubFailure.Validation ? Delivery.Refused(none.Message) : Delivery.Later(none.Message, none.RetryAfter);
        }
        catch (ExpressionException unknown)
        {
            return Delivery.Refused(unknown.Message);
        }
    }

    public Task<Delivery> RefreshAsync(ChannelRun run, CancellationToken cancellation) => Task.FromResult(Delivery.Nothing);

    /// <summary>The run's deployment: remembered, found again, or made.</summary>
    private async Task<long> FindAsync(GitHubRepository repository, DeploymentChannel channel, ChannelRun run, CancellationToken cancellation)
    {
        if (await run.Memory.GetAsync(Key, cancellation) is { } known && long.TryParse(known, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        var (environment, reference) = (Resolved(channel.Environment, run), Resolved(channel.Ref, run));
        var self = (await gitHub.WhoAmIAsync(cancellation)).User;
        var standing = await gitHub.ListDeploymentsAsync(repository, new GitHubDeploymentFilter { Environment = environment, Limit = 100 }, cancellation);
        var deployment = standing.FirstOrDefault(candidate => candidate.Creator?.Id == self.Id && RunOf(candidate) == run.RunId)
            ?? await gitHub.CreateDeploymentAsync(repository, new GitHubNewDeployment(reference, environment)
            {
                Description = IssueText.OneLine(run.Input.Playbook.Title ?? run.Input.Playbook.Name, 100),
                Payload = new Dictionary<string, string> { [RunMember] = run.RunId },
            }, cancellation);
        await run.Memory.SetAsync(Key, deployment.Id.ToString(CultureInfo.InvariantCulture), cancellation);
        return deployment.Id;
    }

    /// <summary>Whether the status stands already, since an answer was lost.</summary>
    private async Task<bool> StandsAsync(GitHubRepository repository, long deployment, DeploymentStep step, ChannelMessage message, CancellationToken cancellation) =>
        (await gitHub.ListDeploymentStatusesAsync(repository, deployment, cancellation))
            .Any(status => status.State == step.State && status.Description == step.Description && status.CreatedAt >= message.At - TimeSpan.FromSeconds(30));

    private static string? RunOf(GitHubDeployment deployment) =>
        deployment.Payload is { ValueKind: JsonValueKind.Object } payload && payload.TryGetProperty(RunMember, out var run) ? run.GetString() : null;

    /// <exception cref="ExpressionException">It refers to something that has no value.</exception>
    private static string Resolved(string text, ChannelRun run) =>
        ExpressionResolver.Resolve(JsonSerializer.SerializeToElement(text), new ExpressionScope { Inputs = run.Input.Inputs, Run = Values(run) }).ToString();

    private static Dictionary<string, JsonElement> Values(ChannelRun run) => new Dictionary<string, string>
    {
        ["id"] = run.RunId,
        ["playbook"] = run.Input.Playbook.Name,
        ["title"] = run.Input.Playbook.Title ?? run.Input.Playbook.Name,
        ["startedBy"] = run.Input.StartedBy,
        ["startedAt"] = run.Status.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    }.ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value));
}
