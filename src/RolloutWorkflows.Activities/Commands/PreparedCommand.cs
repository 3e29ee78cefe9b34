using System.Diagnostics;
using RolloutWorkflows.CommandRunner;

namespace RolloutWorkflows.Activities;

/// <summary>A command with everything that it runs with.</summary>
/// <param name="Name">The name that the host's configuration gives it.</param>
/// <param name="File">The program.</param>
/// <param name="Arguments">The operator's, then the playbook's, each as it is.</param>
/// <param name="WorkingDirectory">Absolute.</param>
/// <param name="Environment">The whole environment, secrets in it.</param>
/// <param name="SecretVariables">The variables whose values must not be seen.</param>
/// <param name="Timeout">How long it may take, in real time.</param>
/// <param name="OutputLimit">How many characters of its output are kept.</param>
internal sealed record PreparedCommand(
    string Name, string File, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> SecretVariables, TimeSpan Timeout, int OutputLimit)
{
    /// <summary>What starts it, or <paramref name="program"/> in its place, in its folder and with its environment only.</summary>
    public ProcessStartInfo ToStart(string? program = null)
    {
        var start = new ProcessStartInfo(program ?? File) { WorkingDirectory = WorkingDirectory };
        start.Environment.Clear();
        // Without it nothing on Windows reaches a network.
        if (OperatingSystem.IsWindows()) start.Environment["SystemRoot"] = System.Environment.GetEnvironmentVariable("SystemRoot");
        foreach (var (name, value) in Environment) start.Environment[name] = value;
        if (program is not null) return start;
        foreach (var argument in Arguments) start.ArgumentList.Add(argument);
        return start;
    }

    public OutputTail Tail() => new(OutputLimit, [.. SecretVariables.Select(name => Environment[name])]);
}
