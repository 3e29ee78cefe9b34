using System.Text.Json;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>What a run says to an environment that waits for it. Pure.</summary>
/// <param name="Answer">Approved, rejected, or pending.</param>
/// <param name="Why">One sentence; of a pending one the same as long as nothing happens that people wait for.</param>
internal sealed record ProtectionVerdict(GitHubVerdict Answer, string Why)
{
    private const int ShortestSha = 7;

    /// <summary>Whether a run is about the revision that is to be deployed.</summary>
    public static bool IsAbout(RolloutInput run, ProtectionRule rule, string? sha, string? reference)
    {
        if (run.Playbook.Name != rule.Playbook || !run.Inputs.TryGetValue(rule.Input, out var given) || given.ValueKind != JsonValueKind.String) return false;
        var text = given.GetString()!.Trim();
        if (text.Length == 0) return false;
        if (text == reference || (reference is not null && text == WorkflowRunSearch.ShortOf(reference))) return true;
        return text.Length >= ShortestSha && text.All(char.IsAsciiHexDigit) && sha?.StartsWith(text, StringComparison.OrdinalIgnoreCase) == true;
    }

    /// <summary>The verdict of the latest run of the revision; null: there is none.</summary>
    public static ProtectionVerdict Of(RunStatus? run, ProtectionRule rule, string? revision)
    {
        if (run is null) return Pending($"No run of {rule.Playbook} has {rule.Input} = {revision ?? "?"} yet; start one.");
        var name = $"Run {run.RunId} of {rule.Playbook}";
        if (run.Stages.FirstOrDefault(stage => stage.Name == rule.Stage) is not { } stage) return Rejected($"{name} has no stage {rule.Stage}.");
        if (run.State == RunState.Aborted) return Rejected($"{name} was aborted: {run.Because}");
        // One surface that is worse off says nothing about the stages of the others.
        var state = run.Meanwhile ?? run.State;
        if (stage.State == StageState.RolledBack && run.Meanwhile is not null) return Rejected($"{name} was rolled back: {run.Because}");
        if (state == RunState.RolledBack) return Rejected($"{name} was rolled back: {run.Because}");
        if (state == RunState.RollingBack) return Pending($"{name} is rolling back.");
        if (stage.State is StageState.Promoted or StageState.TakenOver) return Approved($"{name} has promoted {rule.Stage}.");
        if (rule.WhenOpened && stage.State == StageState.Open) return Approved($"{name} has opened {rule.Stage}.");
        if (state == RunState.Succeeded) return Rejected($"{name} has ended, and {rule.Stage} does not stand.");
        var where = run.Stage is { } present && present != rule.Stage ? $"; it is in {present}" : "";
        return Pending($"{name} has not {(rule.WhenOpened ? "opened" : "promoted")} {rule.Stage} yet{where}{(state == RunState.Holding ? ", and holds" : "")}.");
    }

    private static ProtectionVerdict Approved(string why) => new(GitHubVerdict.Approved, why);

    private static ProtectionVerdict Rejected(string why) => new(GitHubVerdict.Rejected, why);

    private static ProtectionVerdict Pending(string why) => new(GitHubVerdict.Pending, why);
}
