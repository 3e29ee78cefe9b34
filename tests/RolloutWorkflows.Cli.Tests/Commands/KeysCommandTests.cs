using System.Text.Json;

namespace RolloutWorkflows.Cli.Tests.Commands;

/// <summary>Keys on the command line: made, used, listed, revoked, against a real server process.</summary>
public sealed class KeysCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ServeProcess server = null!;

    public async ValueTask InitializeAsync()
    {
        SamplePlaybook.Prepare(folder);
        server = await ServeProcess.StartAsync(folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task FirstKey_OfARunningServer_OpensItAtOnceAndIsShownOnce()
    {
        (await server.RunWithKeyAsync(null, "playbooks")).Ended(ExitCode.Ok);
        var before = (await server.RunWithKeyAsync(null, "start", "tiny")).Ended(ExitCode.Refused);
        Assert.Contains("rollout keys add NAME --role admin", before.Error, StringComparison.Ordinal);

        var key = await AddAsync("ada", "--role", "admin");

        Assert.Matches("^rwk_[A-Za-z0-9_-]{43}$", key);
        (await server.RunWithKeyAsync(key, "start", "tiny")).Ended(ExitCode.Ok);
        var without = (await server.RunWithKeyAsync(null, "list")).Ended(ExitCode.Refused);
        Assert.Contains("rollout login", without.Error, StringComparison.Ordinal);
        var listed = (await KeysAsync("list")).Ended(ExitCode.Ok);
        Assert.Contains("ada", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(key, listed.Output + listed.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key[4..16], server.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedByTheRunningServerAndSaysWhatToDo()
    {
        var key = await AddAsync("ada");
        var id = JsonDocument.Parse((await KeysAsync("list", "--json")).Ended(ExitCode.Ok).Output).RootElement[0].GetProperty("id").GetString()!;

        Assert.Contains($"Key {id} of ada", (await KeysAsync("revoke", id)).Ended(ExitCode.Ok).Output, StringComparison.Ordinal);

        var refused = (await server.RunWithKeyAsync(key, "list")).Ended(ExitCode.Refused);
        Assert.Contains("was revoked", refused.Error, StringComparison.Ordinal);
        Assert.Contains("rollout keys add", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(key, refused.Error, StringComparison.Ordinal);
        (await KeysAsync("revoke", "absent")).Ended(ExitCode.No);
    }

    [Fact]
    public async Task Key_OfAReader_ReadsAndIsRefusedTheRestInCommandsNotRequests()
    {
        var key = await AddAsync("olga", "--role", "reader");

        (await server.RunWithKeyAsync(key, "flags", "list")).Ended(ExitCode.Ok);
        var refused = (await server.RunWithKeyAsync(key, "start", "tiny")).Ended(ExitCode.Refused);

        Assert.Contains("rollout keys add olga --role operator", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("POST", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status absent", ExitCode.No, "`rollout list` shows the runs")]
    [InlineData("flags get absent", ExitCode.No, "`rollout flags list` shows the flags")]
    [InlineData("start tinny", ExitCode.No, "`rollout playbooks` lists")]
    [InlineData("start tiny --as grace", ExitCode.Refused, "Leave --as out")]
    [InlineData("start tiny --time-compression 0.5", ExitCode.Invalid, "--allow-time-compression")]
    [InlineData("flags rollout bar 101", ExitCode.Usage, "Try: rollout flags rollout --help")]
    public async Task Error_OnTheCommandLine_SpeaksOfCommandsAndEndsAsDocumented(string line, int code, string says)
    {
        var key = await AddAsync("ada");

        var result = (await server.RunWithKeyAsync(key, line.Split(' '))).Ended(code);

        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("GET /", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PUT /", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyFile_AndLogin_GiveTheKeyWithoutShowingIt()
    {
        var key = await AddAsync("ada");
        var file = folder.Write("ada.key", key + "\n");
        (await server.RunWithKeyAsync(null, "list", "--key-file", file)).Ended(ExitCode.Ok);

        var settings = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = Path.Combine(folder.Path, "settings"), ["ROLLOUT_SERVER"] = server.Address.ToString() };
        var wrong = (await CallAsync(settings, "login", input: key[..^1])).Ended(ExitCode.Refused);
        Assert.Contains("the key is not kept", wrong.Error, StringComparison.Ordinal);
        var login = (await CallAsync(settings, "login", input: key + "\n")).Ended(ExitCode.Ok);
        Assert.DoesNotContain(key, login.Output + login.Error + wrong.Error, StringComparison.Ordinal);

        (await CallAsync(settings, "list")).Ended(ExitCode.Ok);
        var kept = Path.Combine(folder.Path, "settings", "rollout", "keys.json");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
            File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            Assert.Contains("can be read by others", (await CallAsync(settings, "list")).Ended(ExitCode.Usage).Error, StringComparison.Ordinal);
            File.SetUnixFileMode(kept, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await CallAsync(settings, "login --forget")).Ended(ExitCode.Ok);
        (await CallAsync(settings, "list")).Ended(ExitCode.Refused);
    }

    [Fact]
    public async Task Add_PersonWhomNobodyNames_IsRefusedWithTheNearest()
    {
        folder.Write("people.yaml", "persons: { grace: {} }\n");

        var refused = (await KeysAsync("add", "grac")).Ended(ExitCode.Usage);

        Assert.Contains("did you mean 'grace'?", refused.Error, StringComparison.Ordinal);
        (await KeysAsync("add", "grac", "--service", "--role", "reader")).Ended(ExitCode.Ok);
    }

    [Fact]
    public async Task Start_OfAFile_NeedsAnAdmin()
    {
        var file = folder.Write("own.yaml", SamplePlaybook.Tiny.Replace("name: tiny", "name: own", StringComparison.Ordinal));

        (await server.RunWithKeyAsync(await AddAsync("ada"), "start", "--file", file)).Ended(ExitCode.Refused);
        Assert.StartsWith("own-", (await server.RunWithKeyAsync(await AddAsync("grace", "--role", "admin"), "start", "--file", file)).Ended(ExitCode.Ok).Output, StringComparison.Ordinal);
    }

    private static Task<CliResult> CallAsync(Dictionary<string, string> environment, string line, string input = "") =>
        CliProgram.RunAsync(new CliCall { Arguments = line.Split(' '), Input = input, Environment = environment });

    private Task<CliResult> KeysAsync(params string[] arguments) => CliProgram.RunAsync(["keys", .. arguments, "--root", folder.Path]);

    private async Task<string> AddAsync(string name, params string[] options) => (await KeysAsync(["add", name, .. options])).Ended(ExitCode.Ok).Output.Trim();
}
