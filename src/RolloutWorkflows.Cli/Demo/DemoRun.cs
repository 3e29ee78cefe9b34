using System.Text.Json;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli;

/// <summary>
/// A whole demo: the real server and the scene's sample as processes of their own, a real run of the shipped playbook
/// with compressed waits, and at the end a check that what was expected is what happened.
/// </summary>
internal sealed class DemoRun(Terminal terminal, DemoOptions options)
{
    private static readonly TimeSpan FeedInterval = TimeSpan.FromMilliseconds(100);

    private readonly DemoScene scene = options.Scene;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var files = DemoFiles.Create(scene, options.Keep);
        try
        {
            return await RunAsync(files, cancellation);
        }
        finally
        {
            if (options.Keep) terminal.Note($"Kept: {files.Folder} (databases, logs, configuration).");
        }
    }

    private async Task<int> RunAsync(DemoFiles files, CancellationToken cancellation)
    {
        var playbook = files.LoadPlaybook();
        var wanted = scene.GitHub(options.Fault);
        var token = wanted is null ? [] : DemoGitHubProcess.NewToken();
        await using var gitHub = wanted is not null ? DemoGitHubProcess.Start(wanted, files, token, terminal.Time) : null;
        var place = PlaceOf(files);
        if (gitHub is not null) place = place with { GitHub = await gitHub.AddressAsync(cancellation) };
        files.Configure(scene, place, playbook);
        var keys = DemoKeys.Mint(scene, place, playbook, terminal.Time);

        await using var server = StartServer(place, token);
        place = place with { Server = await server.AddressAsync(cancellation) };
        await using var sample = DemoSample.Start(scene, place, playbook, keys.Sample, terminal.Time);
        await sample.ReadyAsync(cancellation);
        Introduce(place, keys);
        if (gitHub is not null) terminal.Note($"A stand-in for GitHub runs at {place.GitHub.GetLeftPart(UriPartial.Authority)}.");

        using var people = new DemoPeople(place.Server, keys);
        var cast = new DemoCast { Place = place, People = people, Captain = scene.Captain, Sample = sample, GitHub = gitHub, Terminal = terminal, Playbook = playbook };
        try
        {
            return await PlayAsync(cast, cancellation) ? ExitCode.Ok : ExitCode.No;
        }
        catch (ServerProblemException error)
        {
            throw new CommandFailedException(ExitCode.No, $"the server refuses: {error.Problem.Detail}{string.Concat((error.Problem.Problems ?? []).Select(problem => $"{Environment.NewLine}  {problem}"))}");
        }
        catch (ServerUnreachableException)
        {
            throw new CommandFailedException(ExitCode.No, $"the demo's server went away. It said:{Environment.NewLine}{server.Tail()}");
        }
    }

    private DemoPlace PlaceOf(DemoFiles files) => new()
    {
        Repository = files.Repository,
        Folder = files.Folder,
        Sample = new Uri($"http://127.0.0.1:{DemoFiles.FreePort()}"),
        Speed = options.Speed,
        Fault = options.Fault,
    };

    private void Introduce(DemoPlace place, DemoKeys keys)
    {
        terminal.Note($"The server runs at {place.ServerOrigin}, the sample service at {place.SampleOrigin}; a day of the playbook takes {Spans.Of(TimeSpan.FromDays(1) / options.Speed)}.");
        terminal.Note($"Each has a key of their own: {string.Join(", ", keys.Persons)}, and the service. {keys.Starter} starts the run, so others must approve.");
        if (options.Fault is { } fault) terminal.Note($"{fault.Sentence} Expected: {fault.Expected}.");
    }

    private async Task<bool> PlayAsync(DemoCast cast, CancellationToken cancellation)
    {
        var client = cast.People.Starter;
        var voter = new DemoVoter(cast, terminal, options.Yes);
        List<DemoActor> actors = [.. scene.Actors(cast)];
        if (options.Fault is { } fault) actors.Add(new DemoFaultActor(cast, fault));
        var runId = (await client.StartAsync(Request(cast.Place), cancellation)).RunId;
        var last = await WatchAsync(client, voter, actors, runId, cancellation);
        var end = new DemoEnd { Place = cast.Place, Details = last, Client = client, Sample = cast.Sample, Terminal = terminal, Playbook = cast.Playbook };
        return await new DemoReport(scene, end).WriteAsync(voter, actors, cancellation);
    }

    private async Task<RolloutDetails> WatchAsync(RolloutClient client, DemoVoter voter, List<DemoActor> actors, string runId, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // People at the keyboard may think as long as they like.
        if (options.Yes) patience.CancelAfter(options.Deadline);
        IRunView view = terminal.Interactive ? new LiveRunView(terminal) : new PlainRunView(terminal);
        var feed = new RunFeed(client, runId, terminal, FeedInterval, patience: TimeSpan.FromSeconds(10));
        try
        {
            while (true)
            {
                var moment = await view.ShowUntilAsync(feed, NeedsSomebody, patience.Token);
                if (actors.Find(actor => actor.HasWork(moment.Details)) is { } next) await next.WorkAsync(moment.Details, patience.Token);
                else if (IsOver(moment)) return await client.GetAsync(runId, after: 0, cancellation);
                else if (moment.Details.Run.OpenApprovals.Count > 0) await voter.AnswerAsync(moment.Details.Run, patience.Token);
                else await voter.ChooseAsync(moment.Details.Run, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var run = (await client.GetAsync(runId, long.MaxValue, cancellation)).Run;
            throw new CommandFailedException(ExitCode.No, $"the run did not end within {Spans.Of(options.Deadline)}: it is {Words.Of(run.State)} in stage {run.Stage}: {run.Because}");
        }

        bool IsOver(RunMoment at) => at.IsOver && !(at.Details.Run.State == RunState.RolledBack && actors.Exists(actor => actor.GoesOnAfterRollback(at.Details.Run)));

        bool NeedsSomebody(RunMoment at) =>
            IsOver(at) || at.Details.Run.OpenApprovals.Count > 0 || actors.Exists(actor => actor.HasWork(at.Details))
            || (at.Details.Run.State == RunState.Holding && !actors.Exists(actor => actor.MindsHold(at.Details.Run)));
    }

    private StartRolloutRequest Request(DemoPlace place) => new()
    {
        Playbook = scene.Playbook,
        Inputs = scene.Inputs(place).ToDictionary(input => input.Key, input => JsonSerializer.SerializeToElement(input.Value)),
        Reason = "the demo",
        TimeCompression = options.Speed,
    };

    private ChildProcess StartServer(DemoPlace place, Dictionary<string, string> token)
    {
        var environment = new Dictionary<string, string>(scene.ServerEnvironment(place).Concat(token));
        return ChildProcess.Start(
            "server", typeof(DemoRun).Assembly.Location, ["serve", "--root", place.Folder, "--urls", "http://127.0.0.1:0", "--allow-time-compression", "--stop-with-stdin"], place.Folder, terminal.Time, environment);
    }
}
