namespace GitHubStandIn;

/// <summary>What the stand-in is told on its command line.</summary>
internal sealed record StandInOptions
{
    public const string Usage = """
        github-stand-in: as much of GitHub as a rollout asks for, on a free port of this machine, in memory.

          --repository OWNER/NAME   a repository with a branch main; may be repeated
          --check NAME=CONCLUSION   a check run on main of each repository, such as build=success; may be repeated
          --workflow FILE=CONCLUSION
                                    a workflow that can be dispatched, and how its runs end after a moment; may be repeated
          --exit-with-stdin         end when standard input ends

        Who knows the token in the environment's DEMO_GITHUB_TOKEN may do everything. On standard input it takes lines such as
        "check build=success", "workflow deploy.yml=failure" and "close OWNER/NAME 3", which closes an issue.
        """;

    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Conclusions by check.</summary>
    public IReadOnlyList<(string Name, string Conclusion)> Checks { get; init; } = [];

    /// <summary>Conclusions by workflow file.</summary>
    public IReadOnlyList<(string Name, string Conclusion)> Workflows { get; init; } = [];

    public bool ExitWithStandardInput { get; init; }

    /// <summary>From the environment, since command lines are seen by others.</summary>
    public string Token { get; init; } = Environment.GetEnvironmentVariable("DEMO_GITHUB_TOKEN") ?? "";

    /// <summary>Reads the command line; throws an <see cref="ArgumentException"/> that says what is wrong.</summary>
    public static StandInOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new StandInOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var name = arguments[index];
            options = name == "--exit-with-stdin"
                ? options with { ExitWithStandardInput = true }
                : options.With(name, ++index < arguments.Count ? arguments[index] : throw new ArgumentException($"{name} needs a value"));
        }

        if (options.Repositories.Count == 0) throw new ArgumentException("--repository: expected at least one");
        return options.Token.Length > 0 ? options : throw new ArgumentException("DEMO_GITHUB_TOKEN: expected a token in the environment, got none");
    }

    /// <summary>Reads <c>NAME=CONCLUSION</c>; null where it is something else.</summary>
    public static (string Name, string Conclusion)? Pair(string text) =>
        text.Split('=') is [{ Length: > 0 } name, { Length: > 0 } conclusion] ? (name, conclusion) : null;

    private StandInOptions With(string name, string value) => name switch
    {
        "--repository" => this with { Repositories = [.. Repositories, value.Split('/') is [{ Length: > 0 }, { Length: > 0 }] ? value : throw new ArgumentException($"{name}: expected OWNER/NAME, got '{value}'")] },
        "--check" => this with { Checks = [.. Checks, Conclusion(name, value)] },
        "--workflow" => this with { Workflows = [.. Workflows, Conclusion(name, value)] },
        _ => throw new ArgumentException($"{name} is unknown"),
    };

    private static (string Name, string Conclusion) Conclusion(string name, string value) =>
        Pair(value) ?? throw new ArgumentException($"{name}: expected NAME=CONCLUSION, got '{value}'");
}
