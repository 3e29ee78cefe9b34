namespace RolloutWorkflows.Orchestrations;

/// <summary>Who may command what the playbook holds back.</summary>
internal sealed partial class RolloutRun
{
    /// <summary>
    /// To go past a gate takes an admin or one of the playbook's groups for it, a reason, and somebody else than whoever
    /// started the run, admin or not.
    /// </summary>
    private string? RefusalOfOverride(RunCommand command)
    {
        var word = RunVerbs.Word(command.Verb);
        if (command.Actor == input.StartedBy) return $"{command.Actor} started the run, and {word} needs somebody else";
        var groups = input.Playbook.Overrides;
        if (!command.IsAdmin && !groups.Any(group => input.People.Groups.TryGetValue(group, out var members) && members.Contains(command.Actor)))
        {
            return groups.Count == 0
                ? $"{word} needs an admin, since the playbook names no groups under overrides, and {command.Actor} is none"
                : $"{word} needs an admin or a member of {string.Join(", ", groups)}, and {command.Actor} is neither";
        }

        return string.IsNullOrWhiteSpace(command.Reason) ? $"{word} needs a reason" : null;
    }

    /// <summary>To stop half-way back leaves the system in a state that nobody planned.</summary>
    private string? RefusalOfAbort(RunCommand command) =>
        RefusalOfSuperseding(command) ?? ((State == RunState.RollingBack || surfaces.Any(surface => surface.Halt == SurfaceState.RollingBack)) && !command.IsAdmin
            ? $"the run is rolling back, and only an admin may stop it half-way; {command.Actor} is none. Once it is RolledBack, anybody may abort it"
            : null);
}
