using System.Collections.Concurrent;
using RolloutWorkflows.Counterparts;

namespace GitHubStandIn;

/// <summary>Runs the GitHub: tells what it was asked for, ends dispatched workflow runs, and takes orders.</summary>
internal sealed class StandIn(FakeGitHub github, StandInOptions options, TimeProvider time)
{
    private const long Account = 1;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<string, string> conclusions = new(options.Workflows.ToDictionary(workflow => workflow.Name, workflow => workflow.Conclusion));

    /// <summary>Puts everything there that the command line names.</summary>
    public void Furnish()
    {
        github.AddToken(github.AddUser(Account, "rollouts"), token: options.Token);
        foreach (var name in options.Repositories)
        {
            var repository = github.AddRepository(name);
            repository.Workflows.AddRange(conclusions.Keys);
        }

        foreach (var (check, conclusion) in options.Checks) Conclude(check, conclusion);
    }

    /// <summary>Tells and moves on, until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var beats = new PeriodicTimer(Beat, time);
        try
        {
            while (await beats.WaitForNextTickAsync(stopping))
            {
                while (github.Requests.TryDequeue(out var request)) Console.WriteLine(request);
                foreach (var repository in options.Repositories) await EndRunsAsync(repository);
            }
        }
        catch (OperationCanceledException)
        {
            // It stops.
        }
    }

    /// <summary>Takes a line from standard input.</summary>
    public async Task ObeyAsync(string line)
    {
        switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["check", var text] when StandInOptions.Pair(text) is var (check, conclusion):
                Conclude(check, conclusion);
                break;
            case ["workflow", var text] when StandInOptions.Pair(text) is var (workflow, conclusion):
                conclusions[workflow] = conclusion;
                break;
            case ["close", var repository, var number] when options.Repositories.Contains(repository) && int.TryParse(number, out var issue) && github.HasIssue(repository, issue):
                await github.SetOpenAsync(Account, repository, issue, open: false);
                break;
            default:
                Console.Error.WriteLine($"not understood: {line}");
                break;
        }
    }

    private void Conclude(string check, string conclusion)
    {
        foreach (var repository in options.Repositories) github.Conclude(repository, check, conclusion);
    }

    private async Task EndRunsAsync(string repository)
    {
        foreach (var run in github.OpenRuns(repository))
        {
            if (run.Status == "queued") await github.SetRunAsync(repository, run.Id, "in_progress");
            else await github.SetRunAsync(repository, run.Id, "completed", conclusions.GetValueOrDefault(run.Workflow, "success"));
        }
    }
}
