namespace RolloutWorkflows.Cli;

/// <summary>A program below <c>samples/</c>, which <c>./rollout</c> builds with the command.</summary>
/// <param name="Project">Its folder below <c>samples/</c>, such as <c>Web4Service</c>.</param>
/// <param name="Assembly">Its assembly's name, such as <c>web4-service</c>.</param>
internal sealed record DemoProgram(string Project, string Assembly)
{
    /// <summary>Where it was built.</summary>
    /// <exception cref="CommandFailedException">It is not built.</exception>
    public string Find(string repository) => Candidates(repository).FirstOrDefault(File.Exists)
        ?? throw new CommandFailedException(ExitCode.No, $"the sample {Assembly} is not built: expected samples/{Project}/bin. Run ./rollout demo, which builds it, or: dotnet build samples/{Project} -c Release");

    private IEnumerable<string> Candidates(string repository)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Release";
        foreach (var candidate in new[] { configuration, "Release", "Debug" }.Distinct())
            yield return Path.Combine(repository, "samples", Project, "bin", candidate, "net10.0", $"{Assembly}.dll");
    }
}
