using System.Text.Json;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli.Tests.Demo;

/// <summary>The promise itself: a server that dies in the middle of the Web4 rollout loses nothing and repeats nothing.</summary>
[Collection(SlowCollection.Name)]
public sealed class KilledServerTests : IDisposable
{
    private const string Flag = "intent_bar_v1_rollout";

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(RunState.AwaitingApproval, "one-percent")]
    [InlineData(RunState.Soaking, "ten-percent")]
    public async Task Server_KilledInTheMiddle_FinishesTheRunWithEachChangeMadeOnce(RunState state, string stage)
    {
        var serviceAddress = new Uri($"http://127.0.0.1:{DemoFiles.FreePort()}");
        var serverPort = DemoFiles.FreePort();
        var scene = new Web4MyceliaScene();
        using var files = DemoFiles.Create(scene, keep: false);
        var place = new DemoPlace { Repository = files.Repository, Folder = files.Folder, Sample = serviceAddress, Server = new Uri($"http://127.0.0.1:{serverPort}"), Speed = 86_400 };
        var playbook = files.LoadPlaybook();
        files.Configure(scene, place, playbook);
        var keys = DemoKeys.Mint(scene, place, playbook, TimeProvider.System);
        using var people = new DemoPeople(place.Server, keys);
        await using var service = DemoSample.Start(scene, place, playbook, keys.Sample, TimeProvider.System);
        await service.ReadyAsync(CancellationToken.None);

        string runId;
        await using (var first = await ServeProcess.StartAsync(files.Folder, serverPort, compressed: true))
        {
            runId = await StartAsync(people.Starter, serviceAddress);
            await Runs.WaitAsync(people.Starter, runId, details => details.Run.State == state && details.Run.Stage == stage, $"{state} in {stage}",
                details => state == RunState.AwaitingApproval && details.Run.Stage == stage ? Task.CompletedTask : AnswerAsync(people, details));
            first.Kill();
        }

        await using var second = await ServeProcess.StartAsync(files.Folder, serverPort, compressed: true);
        var done = await Runs.WaitAsync(people.Starter, runId, details => details.Orchestration == "Completed", "the end", details => AnswerAsync(people, details));

        Assert.Equal(RunState.Succeeded, done.Run.State);
        Assert.All(done.Run.Stages, each => Assert.Equal((StageState.Promoted, 1), (each.State, each.Attempt)));
        var promoted = done.Timeline.Where(entry => entry.Kind == RunLogKind.StagePromoted).Select(entry => entry.Stage);
        Assert.Equal(done.Run.Stages.Select(each => each.Name), promoted);
        var flag = await people.Starter.GetAsync<FlagDetails>($"flags/{Flag}?top=100", CancellationToken.None);
        Assert.Equal(100, flag.Flag.Percent);
        var changes = flag.Audit.Reverse().Where(change => change.Outcome == FlagChangeOutcome.Changed).Select(change => change.After!.Percent);
        Assert.Equal([0d, 1d, 10d, 50d, 100d], changes);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<string> StartAsync(RolloutClient client, Uri service) => (await client.StartAsync(new StartRolloutRequest
    {
        Playbook = "web4-mycelia",
        Inputs = new Dictionary<string, JsonElement> { ["serviceUrl"] = JsonSerializer.SerializeToElement(service.GetLeftPart(UriPartial.Authority)) },
        Reason = "to be killed",
        TimeCompression = 86_400,
    }, CancellationToken.None)).RunId;

    /// <summary>Does what people would: answers what is open, and tries again where the outage took longer than a compressed soak may.</summary>
    private static async Task AnswerAsync(DemoPeople people, RolloutDetails details)
    {
        try
        {
            if (details.Run.State == RunState.Holding && details.Run.Accepts.Contains(RunVerb.Retry))
                await people["grace"].CommandAsync(details.Run.RunId, "retry", new CommandRequest(), CancellationToken.None);
            if (details.Run.OpenApprovals.Count == 0) return;
            var approval = details.Run.OpenApprovals[0];
            var person = approval.Electorate.First(person => approval.Votes.All(vote => vote.Person != person));
            await people[person].CommandAsync(details.Run.RunId, "approve", new CommandRequest { ApprovalId = approval.ApprovalId }, CancellationToken.None);
        }
        catch (ServerProblemException closed) when (closed.Problem.Status == 409)
        {
            // It was decided between the look and the vote.
        }
    }
}
