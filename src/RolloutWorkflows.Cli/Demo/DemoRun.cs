using System.Text.Json;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Cli;

/// <summary>
/// The whole demo: the real server and a sample service as processes of their own, a real run of the shipped playbook
/// with compressed waits, and at the end a check that what was expected is what happened.
/// </summary>
internal sealed class DemoRun(Terminal terminal, DemoOptions options)
{
    private static readonly TimeSpan FeedInterval = TimeSpan.FromMilliseconds(100);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var files = DemoFiles.Create(options.Keep);
        var playbook = PlaybookText.Load(files.PlaybookFile).Playbook
            ?? throw new CommandFailedException(ExitCode.Invalid, $"the demo's playbook is not valid; see: rollout validate {files.PlaybookFile}");
        RequireStage(playbook);

        var serviceAddress = new Uri($"http://127.0.0.1:{DemoFiles.FreePort()}");
        files.Configure(serviceAddress);
        var keys = DemoKeys.Mint(files, playbook, terminal.Time);
        await using var server = StartServer(files);
        var serverAddress = await server.AddressAsync(cancellation);
        await using var service = DemoService.Start(files, serviceAddress, new DemoFlagSource(serverAddress, keys.Service, FlagOf(playbook)), options.ServiceFault, terminal.Time);
        await service.ReadyAsync(cancellation);
        terminal.Note($"The server runs at {serverAddress.GetLeftPart(UriPartial.Authority)}, the sample service at {serviceAddress.GetLeftPart(UriPartial.Authority)}; a day of the playbook takes {Spans.Of(TimeSpan.FromDays(1) / options.Speed)}.");
        terminal.Note($"Each has a key of their own: {string.Join(", ", keys.Persons)}, and the service. {DemoKeys.Starter} starts the run, so others must approve.");
        if (DemoOutsider.Makes(options.Fault)) terminal.Note("In the soak at 10 % somebody will change the flag by hand; the run is expected to notice and to hold.");
        if (options.ServiceFault is { } fault) terminal.Note($"In stage {fault} the service will fail for users who have the flag; the run is expected to roll back by itself.");

        using var people = new DemoPeople(serverAddress, keys);
        var client = people.Starter;
        var voter = new DemoVoter(people, terminal, options.Yes);
        try
        {
            var runId = (await client.StartAsync(Request(serviceAddress), cancellation)).RunId;
            var last = await WatchAsync(client, voter, new DemoOutsider(people, terminal, FlagOf(playbook), options.Fault), runId, cancellation);
            return await new DemoReport(terminal, client, service, options, FlagOf(playbook)).WriteAsync(last, voter, cancellation) ? ExitCode.Ok : ExitCode.No;
        }
        catch (ServerProblemException error)
        {
            throw new CommandFailedException(ExitCode.No, $"the server refuses: {error.Problem.Detail}{string.Concat((error.Problem.Problems ?? []).Select(problem => $"{Environment.NewLine}  {problem}"))}");
        }
        catch (ServerUnreachableException)
        {
            throw new CommandFailedException(ExitCode.No, $"the demo's server went away. It said:{Environment.NewLine}{server.Tail()}");
        }
        finally
        {
            if (options.Keep) terminal.Note($"Kept: {files.Folder} (databases, logs, configuration).");
        }
    }

    private async Task<RolloutDetails> WatchAsync(RolloutClient client, DemoVoter voter, DemoOutsider outsider, string runId, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // People at the keyboard may think as long as they like.
        if (options.Yes) patience.CancelAfter(options.Deadline);
        IRunView view = terminal.Interactive ? new LiveRunView(terminal) : new PlainRunView(terminal);
        var feed = new RunFeed(client, runId, terminal, FeedInterval, patience: TimeSpan.FromSeconds(10));
        RunMoment? moment = null;
        try
        {
            while (true)
            {
                moment = await view.ShowUntilAsync(feed, NeedsSomebody, patience.Token);
                if (moment.IsOver) return await client.GetAsync(runId, after: 0, cancellation);
                if (outsider.HasWork(moment.Details)) await outsider.WorkAsync(moment.Details, patience.Token);
                else if (moment.Details.Run.OpenApprovals.Count > 0) await voter.AnswerAsync(moment.Details.Run, patience.Token);
                else await voter.ChooseAsync(moment.Details.Run, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var run = (await client.GetAsync(runId, long.MaxValue, cancellation)).Run;
            throw new CommandFailedException(ExitCode.No, $"the run did not end within {Spans.Of(options.Deadline)}: it is {Words.Of(run.State)} in stage {run.Stage}: {run.Because}");
        }

        bool NeedsSomebody(RunMoment at) =>
            at.IsOver || at.Details.Run.OpenApprovals.Count > 0 || outsider.HasWork(at.Details) || (at.Details.Run.State == RunState.Holding && !outsider.MindsHold(at.Details.Run));
    }


    private StartRolloutRequest Request(Uri service) => new()
    {
        Playbook = "web4-mycelia",
        Inputs = new Dictionary<string, JsonElement> { ["serviceUrl"] = JsonSerializer.SerializeToElement(service.GetLeftPart(UriPartial.Authority)) },
        Reason = "the demo",
        TimeCompression = options.Speed,
    };

    private ChildProcess StartServer(DemoFiles files) => ChildProcess.Start(
        "server", typeof(DemoRun).Assembly.Location, ["serve", "--root", files.Folder, "--urls", "http://127.0.0.1:0", "--allow-time-compression", "--stop-with-stdin"], files.Folder, terminal.Time);

    private void RequireStage(Playbook playbook)
    {
        var stages = playbook.Stages.Where(stage => stage.Steps.Any(step => step.Uses is "flag/rollout" or "flag/canary")).Select(stage => stage.Name).ToList();
        if (options.ServiceFault is { } fault && !stages.Contains(fault))
            throw new CommandFailedException(ExitCode.Usage, $"--fault: '{fault}' is no stage that widens the flag; expected one of {string.Join(", ", stages)}, or {DemoOutsider.Drift} or {DemoOutsider.HandMadeZero}.");
    }

    private static string FlagOf(Playbook playbook) => playbook.Inputs["flag"].Default?.GetString() ?? "intent_bar_v1_rollout";
}
