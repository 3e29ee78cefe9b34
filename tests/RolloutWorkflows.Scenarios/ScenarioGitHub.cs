using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Counterparts;

namespace RolloutWorkflows.Scenarios;

/// <summary>The GitHub of a scenario, with the repository <c>chain/node</c>, to which the host is connected as an App.</summary>
internal sealed class ScenarioGitHub : IAsyncDisposable
{
    public const string Commit = "6dcb09b5b57875f334f61aebed695e2e4193db5e";

    private FakeGitHub server = null!;

    public FakeGitHub Server => server;

    public FakeApp App { get; private set; } = null!;

    public FakeAccount Ada { get; private set; } = null!;

    public FakeRepository Repository { get; private set; } = null!;

    /// <summary>Which environments wait for which runs.</summary>
    public ProtectionRuleOptions Rules { get; init; } = new();

    /// <summary>What holds before the run begins.</summary>
    public Action<FakeGitHub>? AtFirst { get; set; }

    public async Task ListenAsync(TimeProvider time)
    {
        server = await FakeGitHub.StartAsync(time);
        Repository = server.AddRepository("chain/node");
        Ada = server.AddUser(1001, "ada");
        App = server.AddApp(77, "rollout");
        AtFirst?.Invoke(server);
    }

    public void Connect(IServiceCollection services) => services
        .AddSingleton(new SecretOptions { Secrets = new Dictionary<string, SecretLocation> { ["key"] = new() { Name = "key", Environment = "key", Multiline = true } }, Environment = _ => App.PrivateKey })
        .AddSingleton(new GitHubOptions { ApiUrl = server.Address, App = new GitHubAppOptions("77", "key", App.InstallationId), WriteInterval = TimeSpan.Zero })
        .AddSingleton(Rules);

    /// <summary>A check of the commit says something new.</summary>
    public void Check(string name, string status, string? conclusion = null) => Repository.CheckRuns.Add(new FakeCheckRun(name, Commit, status, conclusion)
    {
        Id = Repository.CheckRuns.Count + 1,
        StartedAt = DateTimeOffset.UnixEpoch.AddMinutes(Repository.CheckRuns.Count),
        CompletedAt = conclusion is null ? null : DateTimeOffset.UnixEpoch.AddMinutes(Repository.CheckRuns.Count),
    });

    /// <summary>Every workflow run that goes on ends.</summary>
    public async Task EndWorkflowsAsync(string conclusion = "success")
    {
        foreach (var run in Repository.WorkflowRuns.Where(run => run.Status != "completed").ToList()) await server.SetRunAsync("chain/node", run.Id, "completed", conclusion);
    }

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
