using System.Security.Cryptography;

namespace RolloutWorkflows.Cli;

/// <summary>The stand-in for GitHub as a process of its own.</summary>
internal static class DemoGitHubProcess
{
    /// <summary>The variable that holds the server's token for the stand-in, and the stand-in's own.</summary>
    private const string TokenVariable = "DEMO_GITHUB_TOKEN";

    private const string TokenSecret = "demo-github-token";

    private static readonly DemoProgram Program = new("GitHubStandIn", "github-stand-in");

    /// <summary>Starts it, with a token of its own that goes into the environment of both sides.</summary>
    public static ChildProcess Start(DemoGitHub gitHub, DemoFiles files, IReadOnlyDictionary<string, string> environment, TimeProvider time)
    {
        List<string> arguments = ["--exit-with-stdin"];
        foreach (var repository in gitHub.Repositories) arguments.AddRange(["--repository", repository]);
        foreach (var check in gitHub.CheckRuns) arguments.AddRange(["--check", check]);
        foreach (var workflow in gitHub.Workflows) arguments.AddRange(["--workflow", workflow]);
        return ChildProcess.Start("github", Program.Find(files.Repository), arguments, files.Folder, time, environment);
    }

    /// <summary>A new token, as both sides find it in their environment.</summary>
    public static Dictionary<string, string> NewToken() => new() { [TokenVariable] = $"ghp_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(18))}" };

    /// <summary>Connects the server to it.</summary>
    public static void AddTo(Dictionary<string, object> settings, Uri address)
    {
        var secrets = settings.TryGetValue("secrets", out var given) ? given as IReadOnlyDictionary<string, object> ?? throw new InvalidOperationException("a scene's secrets must be a dictionary of objects by name") : new Dictionary<string, object>();
        settings["secrets"] = new Dictionary<string, object>(secrets) { [TokenSecret] = new { env = TokenVariable } };
        // A run in a minute writes as much as one in weeks does, and the stand-in needs no breath between two writes.
        settings["gitHub"] = new { apiUrl = address.GetLeftPart(UriPartial.Authority), token = TokenSecret, writeInterval = "0s" };
    }
}
