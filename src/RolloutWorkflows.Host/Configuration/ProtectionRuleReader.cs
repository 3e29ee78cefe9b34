using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.gitHub.protectionRules</c>: for which stage of which playbook each environment of a repository waits.</summary>
internal static class ProtectionRuleReader
{
    public static ProtectionRuleOptions Read(SettingsSection section, SettingsContext context)
    {
        var rules = new Dictionary<GitHubRepository, IReadOnlyDictionary<string, ProtectionRule>>();
        foreach (var name in section.Keys.ToList())
        {
            var environments = section.Section(name);
            if (GitHubRepository.TryParse(name, out var repository)) rules[repository] = ReadEnvironments(environments, context);
            else context.Problem(environments.Place, $"the name of a repository, {GitHubRepository.Expected}", $"\"{name}\"");
        }

        return new ProtectionRuleOptions { Rules = rules };
    }

    /// <summary>GitHub tells environments apart whatever their case.</summary>
    private static Dictionary<string, ProtectionRule> ReadEnvironments(SettingsSection section, SettingsContext context)
    {
        var rules = new Dictionary<string, ProtectionRule>(StringComparer.OrdinalIgnoreCase);
        foreach (var environment in section.Keys.ToList())
            if (ReadRule(section.Section(environment), context) is { } rule)
                rules[environment] = rule;
        return rules;
    }

    private static ProtectionRule? ReadRule(SettingsSection rule, SettingsContext context)
    {
        var (playbook, stage, input) = (Needed(rule, "playbook", "a playbook's name", context), Needed(rule, "stage", "one of the playbook's stages", context), Needed(rule, "input", "the playbook's input that holds the commit, branch or tag", context));
        var when = rule.Text("when") ?? "promoted";
        if (when is not ("promoted" or "opened")) context.Problem($"{rule.Place}.when", "promoted or opened", $"\"{when}\"");
        rule.WarnOfUnknown();
        return playbook is null || stage is null || input is null ? null : new ProtectionRule { Playbook = playbook, Stage = stage, Input = input, WhenOpened = when == "opened" };
    }

    private static string? Needed(SettingsSection rule, string key, string expected, SettingsContext context)
    {
        if (!rule.Has(key)) context.Problem($"{rule.Place}.{key}", expected, "nothing");
        return rule.Text(key);
    }
}
