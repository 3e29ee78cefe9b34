namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>Every place that a small playbook can bring a run to.</summary>
internal static class Places
{
    private const string Walk = """
        apiVersion: rolloutworkflows/v1
        kind: Playbook
        metadata: { name: checkout }
        spec:
          people:
            persons: { ada: { name: Ada }, bob: { name: Bob }, cyn: { name: Cyn } }
            groups: { captains: [ada, bob, cyn], chiefs: [bob, cyn] }
          metrics: { errors: { source: test, value: errors }, ready: { source: test, value: ready }, settled: { source: test, value: settled } }
          #SPEC
          guardrails: [ { metric: errors, interval: 2m, failureCondition: result > 5%, noDataLimit: 100 } ]
          preflight: [ { uses: metric/threshold, with: { metric: ready, successCondition: result >= 1 }, retry: { maxAttempts: 50, interval: 5m } } ]
          stages:
            - name: small
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 10 }, retry: { maxAttempts: 50, interval: 5m } } ]
              soak: { for: 5m, atMost: 30m }
              approval: { APPROVAL approvers: [ { group: captains } ], minApprovals: 1 }
              rollback: { to: start, ROLLBACK objective: 1m }
            - name: all
              steps: [ { uses: flag/rollout, with: { flag: checkout, percent: 100 } } ]
              soak: { for: 5m }
              rollback: { to: start, ROLLBACK objective: 1m }
        """;

    private const string Quiesce = "steps: [ { uses: metric/threshold, with: { metric: settled, successCondition: result >= 1 }, retry: { maxAttempts: 50, interval: 5m } } ],";

    public static readonly IReadOnlyList<Place> All =
    [
        new("Pending", RunState.Pending, () => MortalRun.StartAsync(Playbook(), delay: TimeSpan.FromSeconds(1)),
            "Hold>Holding Rollback>RolledBack Abort>Aborted Annotate>Soaking") { Settles = TimeSpan.FromSeconds(1) },
        new("Waiting for the window", RunState.Waiting, () => MortalRun.StartAsync(Playbook(spec: "windows: { timeZone: UTC, allow: [ { days: mon-thu, hours: \"14:00-16:00\" } ] }")),
            "Hold>Holding Override*>Soaking Rollback>RolledBack Abort>Aborted Annotate>Waiting"),
        new("Checking", RunState.Checking, () => MortalRun.StartAsync(Playbook(), Unknown("ready")),
            "Hold>Holding Rollback>RolledBack Abort>Aborted Annotate>Checking"),
        new("Asking the owner at the start", RunState.AwaitingApproval, () => MortalRun.StartAsync(Playbook(spec: "owner: chiefs")),
            "Approve>Soaking Reject>Holding Hold>Holding Rollback>RolledBack Abort>Aborted Handover>AwaitingApproval Annotate>AwaitingApproval"),
        new("Asking before the steps", RunState.AwaitingApproval, () => MortalRun.StartAsync(Playbook(approval: "when: before,")),
            "Approve>Soaking Reject>Holding Hold>Holding Rollback>RolledBack Abort>Aborted Annotate>AwaitingApproval"),
        new("Acting", RunState.Acting, () => MortalRun.StartAsync(Playbook(), run => run.FlagWrites.Broken = true),
            "Hold>Holding Rollback>RollingBack Abort>Aborted Annotate>Acting"),
        new("Soaking", RunState.Soaking, SoakingAsync,
            "Hold>Holding Promote*>AwaitingApproval Rollback>RolledBack Abort>Aborted Annotate>Soaking"),
        new("Asking after the soak", RunState.AwaitingApproval, () => AskedAsync(),
            "Approve>Soaking Reject>Holding Hold>Holding Rollback>RolledBack Abort>Aborted Annotate>AwaitingApproval"),
        new("Promoting", RunState.Promoting, PromotingAsync,
            "Hold>Holding Rollback>RolledBack Abort>Aborted Annotate>Promoting"),
        new("Soaking in the second stage", RunState.Soaking, () => SecondStageAsync(),
            "Hold>Holding Promote*>Succeeded Rollback>RolledBack Abort>Aborted Annotate>Soaking"),
        new("Watching after the last promotion", RunState.Soaking, WatchingAsync,
            "Hold>Holding Rollback>RolledBack Abort>Aborted Annotate>Soaking"),
        new("Held by a person", RunState.Holding, HeldAsync,
            "Resume>Soaking Rollback>RolledBack Abort>Aborted Annotate>Holding"),
        new("Held while people are asked", RunState.Holding, async () => await ThenAsync(AskedAsync(), RunVerb.Hold),
            "Approve>Holding Reject>Holding Resume>AwaitingApproval Rollback>RolledBack Abort>Aborted Annotate>Holding"),
        new("Held by a failed check", RunState.Holding, () => MortalRun.StartAsync(Playbook(), run => run.Metrics.Say("ready", _ => MetricReading.Of(0))),
            "Retry>Holding Ignore*>Soaking Rollback>RolledBack Abort>Aborted Annotate>Holding"),
        new("Held by a rejection", RunState.Holding, async () => await ThenAsync(AskedAsync(), RunVerb.Reject),
            "Retry>AwaitingApproval Rollback>RolledBack Abort>Aborted Annotate>Holding"),
        new("Held by drift", RunState.Holding, DriftedAsync,
            "Retry>Soaking Ignore*>Soaking Rollback>RolledBack Abort>Aborted Annotate>Holding"),
        new("Rolling back, blocked", RunState.RollingBack, () => GoingBackAsync(blocked: true),
            "Rollback>RollingBack Abort*>Aborted Annotate>RollingBack"),
        new("Rolling back, recovering", RunState.RollingBack, () => GoingBackAsync(blocked: false),
            "Rollback>RollingBack Abort*>Aborted Annotate>RollingBack"),
        new("Rolled back", RunState.RolledBack, async () => await ThenAsync(SecondStageAsync(), RunVerb.Rollback),
            "Retry>Soaking Rollback>RolledBack Abort>Aborted Annotate>RolledBack"),
        new("A surface rolled back, another soaks", RunState.RolledBack, () => SurfaceGoneBackAsync(blocked: false),
            "Hold>RolledBack Promote*>RolledBack Retry>Soaking Rollback>RolledBack Abort>Aborted Annotate>RolledBack"),
        new("A surface blocked, another soaks", RunState.RollingBack, () => SurfaceGoneBackAsync(blocked: true),
            "Hold>RollingBack Promote*>RollingBack Rollback>RollingBack Abort*>Aborted Annotate>RollingBack"),
        new("Succeeded", RunState.Succeeded, async () => await ThenAsync(SecondStageAsync(), RunVerb.Promote),
            "Rollback>RolledBack"),
        new("Aborted", RunState.Aborted, async () => await ThenAsync(SecondStageAsync(), RunVerb.Abort),
            "Rollback>RolledBack"),
    ];

    private static string Playbook(string spec = "", string approval = "", string rollback = "") => Walk
        .Replace("#SPEC", spec, StringComparison.Ordinal).Replace("APPROVAL", approval, StringComparison.Ordinal).Replace("ROLLBACK", rollback, StringComparison.Ordinal);

    private static Action<MortalRun> Unknown(string metric) => run => run.Metrics.Say(metric, _ => MetricReading.NoData("not known yet"));

    private static async Task<MortalRun> ThenAsync(Task<MortalRun> before, RunVerb verb)
    {
        var run = await before;
        await run.DoAsync(verb);
        return run;
    }

    private static Task<MortalRun> SoakingAsync() => MortalRun.StartAsync(Playbook());

    private static Task<MortalRun> HeldAsync() => ThenAsync(SoakingAsync(), RunVerb.Hold);

    private static async Task<MortalRun> AskedAsync(string spec = "")
    {
        var run = await MortalRun.StartAsync(Playbook(spec));
        await run.PassAsync(TimeSpan.FromMinutes(6));
        return run;
    }

    private static async Task<MortalRun> SecondStageAsync(string spec = "") => await ThenAsync(AskedAsync(spec), RunVerb.Approve);

    private static async Task<MortalRun> PromotingAsync()
    {
        var run = await AskedAsync();
        // What was measured at this very minute would still do.
        await run.PassAsync(TimeSpan.FromMinutes(1));
        Unknown("errors")(run);
        await run.DoAsync(RunVerb.Approve);
        return run;
    }

    private static async Task<MortalRun> WatchingAsync()
    {
        var run = await SecondStageAsync("watch: { for: 24h }");
        await run.PassAsync(TimeSpan.FromMinutes(6));
        return run;
    }

    private static async Task<MortalRun> DriftedAsync()
    {
        var run = await SoakingAsync();
        await run.Flags.ChangeAsync(new() { Flag = "checkout", Actor = "eve", Apply = flag => flag! with { Percent = 3 } });
        await run.PassAsync(TimeSpan.FromMinutes(1));
        return run;
    }

    /// <summary>The first stage is the web's, the second mobile's, each with a flag of its own; the web goes back while mobile soaks.</summary>
    private static async Task<MortalRun> SurfaceGoneBackAsync(bool blocked)
    {
        var playbook = Playbook("surfaces: [web, mobile]")
            .Replace("- name: small", "- name: small\n      surface: web", StringComparison.Ordinal)
            .Replace("- name: all", "- name: all\n      surface: mobile", StringComparison.Ordinal)
            .Replace("flag: checkout, percent: 100", "flag: search, percent: 100", StringComparison.Ordinal);
        var run = await MortalRun.StartAsync(playbook);
        await run.PassAsync(TimeSpan.FromMinutes(6));
        await run.DoAsync(RunVerb.Approve);
        run.FlagWrites.Broken = blocked;
        await run.DoAsync(RunVerb.Rollback, surface: "web");
        return run;
    }

    private static async Task<MortalRun> GoingBackAsync(bool blocked)
    {
        var run = await MortalRun.StartAsync(Playbook(rollback: blocked ? "" : Quiesce));
        run.FlagWrites.Broken = blocked;
        Unknown("settled")(run);
        await run.DoAsync(RunVerb.Rollback);
        return run;
    }
}
