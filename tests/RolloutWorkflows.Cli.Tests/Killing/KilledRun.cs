using System.Net.Http.Headers;
using System.Text.Json;
using RolloutWorkflows.Host;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Cli.Tests.Killing;

/// <summary>A small rollout on a real server that is killed and started again on the same folder, with the people who answer it.</summary>
internal sealed class KilledRun : IAsyncDisposable
{
    public const string Flag = "bar";
    public const string Variable = "FEATURE";
    public const string First = "some";
    public const string Last = "everybody";

    private const string Starter = "ada";
    private const string Admin = "root";
    private const double Compression = 240;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private readonly TemporaryFolder folder = new();
    private readonly int port = DemoFiles.FreePort();
    private readonly Dictionary<string, string> keys = [];
    private ServeProcess? server;

    private KilledRun(TargetService service) => Service = service;

    public TargetService Service { get; }

    public string RunId { get; private set; } = "";

    public int Kills { get; private set; }

    public HostLocations Files => HostLocations.Find(folder.Path, dataFolder: null);

    public string EnvironmentFile => Path.Combine(folder.Path, "environments", "web.env");

    /// <summary>A server that runs, and nothing started on it.</summary>
    public static async Task<KilledRun> CreateAsync()
    {
        var run = new KilledRun(await TargetService.StartAsync());
        var service = run.Service.Address.GetLeftPart(UriPartial.Authority);
        run.folder.Write("playbooks/killed.yaml", Playbook(service));
        run.folder.Write("environments/web.env", $"# the web tier\n{Variable}=off\nOTHER=1\n");
        run.folder.Write("host.json", $$"""
            { "extensions": { "rollout": {
              "allowPlaybookPeople": true, "files": "environments",
              "metricSources": { "status": { "provider": "json", "address": "{{service}}{{TargetService.Status}}", "timeoutSeconds": 5 } },
              "grants": { "killed": { "flags": ["*"], "files": ["web.env"], "egress": ["{{service}}"] } } } } }
            """);
        var minted = KeyFile.Of(run.Files, TimeProvider.System);
        foreach (var person in new[] { Starter, "grace", "linus", Admin })
            run.keys[person] = minted.Add(new KeyOwner(person, IsService: false), person == Admin ? KeyRole.Admin : KeyRole.Operator).Text;
        await run.RestartAsync();
        return run;
    }

    public RolloutClient As(string person) => new(new Uri($"http://127.0.0.1:{port}"), keys[person]);

    public async Task StartAsync()
    {
        using var client = As(Starter);
        RunId = (await client.StartAsync(StartRequest, CancellationToken.None)).RunId;
    }

    /// <summary>Sends a request and kills the server when the whole of it has been sent and nothing answered.</summary>
    public async Task SendAndKillAsync(string person, string path, object body, string? idempotencyKey = null)
    {
        using var http = new HttpClient();
        var content = new AnnouncedContent(JsonSerializer.Serialize(body, body.GetType(), ApiJson.Options));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/{path}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys[person]);
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        var answer = http.SendAsync(request);
        await content.Sent;
        await KillAsync();
        try
        {
            (await answer).Dispose();
        }
        catch (HttpRequestException)
        {
            // Nobody was left to answer.
        }
    }

    /// <summary>Starts the run while the server is killed, and again with the same key once it is back.</summary>
    public async Task StartThroughAKillAsync()
    {
        const string Key = "one-start";
        await SendAndKillAsync(Starter, "api/rollouts", StartRequest, Key);
        await RestartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{port}/api/rollouts"))
        {
            Content = new AnnouncedContent(JsonSerializer.Serialize(StartRequest, ApiJson.Options)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys[Starter]);
        request.Headers.Add("Idempotency-Key", Key);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        RunId = JsonSerializer.Deserialize<StartRolloutAnswer>(text, ApiJson.Options)!.RunId;
    }

    /// <summary>Ends the server as a power cut would, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        server!.Kill();
        await server.DisposeAsync();
        server = null;
        Kills++;
    }

    public async Task RestartAsync() => server = await ServeProcess.StartAsync(folder.Path, port, compressed: true);

    /// <summary>Looks at the run until it is as expected; meanwhile people do their part, where they are told to.</summary>
    public async Task<RolloutDetails> UntilAsync(Func<RolloutDetails, bool> condition, string expected, bool answering = true)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(3));
        using var client = As(Starter);
        RolloutDetails details;
        do
        {
            details = await client.GetAsync(RunId, after: 0, CancellationToken.None);
            if (condition(details)) return details;
            if (answering) await AnswerAsync(details);
        }
        while (!deadline.IsCancellationRequested && await pace.WaitForNextTickAsync());
        throw new TimeoutException($"{RunId}: expected {expected} within {Deadline}, got {details.Run.State} in stage {details.Run.Stage}: {details.Run.Because}\n{Record(details)}\n{server?.Log}");
    }

    /// <summary>A command that is sent twice, as somebody would who does not know whether it came in.</summary>
    public async Task CommandAsync(string person, string command, CommandRequest request)
    {
        using var client = As(person);
        for (var time = 1; time <= 2; time++) await client.CommandAsync(RunId, command, request, CancellationToken.None);
    }

    public static CommandRequest VoteOf(string person, OpenApproval approval) =>
        new() { ApprovalId = approval.ApprovalId, CommandId = $"{person}/{approval.Stage}/{approval.Name}" };

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        await Service.DisposeAsync();
        folder.Dispose();
    }

    public static string Record(RolloutDetails details) => string.Join('\n', details.Timeline.Select(RunText.Entry));

    private static StartRolloutRequest StartRequest => new() { Playbook = "killed", Reason = "to be killed", TimeCompression = Compression };

    private async Task AnswerAsync(RolloutDetails details)
    {
        if (details.Run.State == RunState.Holding)
        {
            // Nothing else may stop a run whose server was killed.
            Assert.True(details.Run.Because.Contains("not known whether", StringComparison.Ordinal), $"it holds: {details.Run.Because}\n{Record(details)}");
            await CommandAsync(Admin, "ignore", new CommandRequest { Reason = "looked there, and it was not done", CommandId = "ignore-the-unknown" });
        }

        foreach (var approval in details.Run.OpenApprovals)
        {
            var person = approval.Electorate.First(person => approval.Votes.All(vote => vote.Person != person));
            await CommandAsync(person, "approve", VoteOf(person, approval));
        }
    }

    private static string Playbook(string service) => $$$"""
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: killed, title: A rollout whose server dies }
        spec:
          people:
            persons: { ada: { name: Ada }, grace: { name: Grace }, linus: { name: Linus } }
            groups: { captains: [ada, grace, linus] }
          metrics: { error-rate: { source: status, value: errorRate } }
          guardrails: [ { metric: error-rate, interval: 10s, failureCondition: result > 5%, onFailed: rollback } ]
          rollback: { to: start, objective: 1h }
          stages:
            - name: {{{First}}}
              steps:
                - { id: canary, uses: flag/canary, with: { flag: {{{Flag}}}, users: [u1, u2] } }
                - { id: switch, uses: env/set, with: { file: web.env, values: { {{{Variable}}}: "on" } } }
                - id: deploy
                  uses: http/request
                  with: { url: "{{{service}}}{{{TargetService.Deploy}}}", readBackUrl: "{{{service}}}{{{TargetService.Deploy}}}" }
                  undo: { uses: http/request, with: { url: "{{{service}}}{{{TargetService.Undeploy}}}", readBackUrl: "{{{service}}}{{{TargetService.Undeploy}}}" } }
                - { id: percentage, uses: flag/rollout, with: { flag: {{{Flag}}}, percent: 10 } }
              soak: { for: 20s, atMost: 30d }
              approval: { approvers: [ { group: captains } ], minApprovals: all }
            - name: {{{Last}}}
              steps: [ { id: percentage, uses: flag/rollout, with: { flag: {{{Flag}}}, percent: 100 } } ]
              soak: { for: 2m, atMost: 30d }
        """;
}
