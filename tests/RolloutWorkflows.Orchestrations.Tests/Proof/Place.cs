namespace RolloutWorkflows.Orchestrations.Tests.Proof;

/// <summary>
/// A place that a run can stand at, how it gets there, and what each command does there. This is the model: it is written
/// out by hand, so that a change of the tables in code that it does not expect is found.
/// </summary>
/// <param name="Name">What the place is called in reports.</param>
/// <param name="State">The state that the run shows there.</param>
/// <param name="BringAsync">Brings a new run there.</param>
/// <param name="Accepts">
/// The commands that count there and the state that the run comes to rest in at once, such as <c>Hold>Holding</c>; all
/// others are refused and leave the state as it is. A star: only an admin's counts.
/// </param>
internal sealed record Place(string Name, RunState State, Func<Task<MortalRun>> BringAsync, string Accepts)
{
    /// <summary>How much time has to pass for what follows at once.</summary>
    public TimeSpan Settles { get; init; } = TimeSpan.Zero;

    /// <summary>The state after a command; null where it is refused.</summary>
    public RunState? After(RunVerb verb, bool isAdmin)
    {
        foreach (var entry in Accepts.Split(' '))
        {
            var parts = entry.Split('>');
            if (parts[0].TrimEnd('*') != verb.ToString()) continue;
            return parts[0].EndsWith('*') && !isAdmin ? null : Enum.Parse<RunState>(parts[1]);
        }

        return null;
    }

    public override string ToString() => Name;
}
