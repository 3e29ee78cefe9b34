namespace RolloutWorkflows.Cli.Tests.Commands;

public sealed class WatchCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Watch_ServerGoesAndComesBack_WatchesOnToTheEnd()
    {
        SamplePlaybook.Prepare(folder);
        var port = DemoFiles.FreePort();
        string runId;
        System.Diagnostics.Process watch;
        await using (var first = await ServeProcess.StartAsync(folder.Path, port))
        {
            runId = (await first.RunAsync("start", "tiny", "--as", "ada")).Ended(ExitCode.Ok).Output.Trim();
            watch = CliProgram.Start(new CliCall { Arguments = ["watch", runId, "--server", first.Address.ToString()], Environment = new Dictionary<string, string> { ["ROLLOUT_KEY"] = first.KeyOf("ada") } });
            Assert.Contains("ada started", await watch.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            first.Kill();
        }

        using (watch)
        {
            Assert.Contains("does not answer; waiting for it", await watch.StandardError.ReadLineAsync(), StringComparison.Ordinal);
            await using var second = await ServeProcess.StartAsync(folder.Path, port);
            Assert.Equal("The server is back.", await watch.StandardError.ReadLineAsync());
            using var client = second.ClientOf("ada");
            await Runs.WaitAsync(client, runId, details => details.Run.OpenApprovals.Count > 0, "an open approval");
            (await second.RunAsync("approve", runId, "--as", "grace")).Ended(ExitCode.Ok);

            var rest = await watch.StandardOutput.ReadToEndAsync();
            await watch.WaitForExitAsync();

            Assert.Equal(ExitCode.Ok, watch.ExitCode);
            Assert.Contains("stage everybody promoted", rest, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Watch_ServerWasNeverThere_EndsAtOnce() =>
        (await CliProgram.RunAsync("watch", "some-run", "--server", "http://127.0.0.1:1")).Ended(ExitCode.Unreachable);

    public void Dispose() => folder.Dispose();
}
