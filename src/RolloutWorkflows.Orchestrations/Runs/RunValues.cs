using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>What <c>${{ run.NAME }}</c> stands for.</summary>
internal static class RunValues
{
    public static IReadOnlyDictionary<string, JsonElement> Of(RolloutInput rollout, string? stage, int attempt, DateTime startedAt, RunState? state = null, string? cause = null, string? surface = null)
    {
        var values = new Dictionary<string, object?>
        {
            ["id"] = rollout.RunId,
            ["playbook"] = rollout.Playbook.Name,
            ["title"] = rollout.Playbook.Title ?? rollout.Playbook.Name,
            ["startedBy"] = rollout.StartedBy,
            ["startedAt"] = startedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["reason"] = rollout.Reason ?? "",
            ["surface"] = surface ?? "all",
        };
        if (stage is not null) (values["stage"], values["attempt"]) = (stage, attempt);
        if (state is not null) values["state"] = state.Value.ToString();
        if (cause is not null) values["cause"] = cause;
        return values.ToDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value));
    }
}
