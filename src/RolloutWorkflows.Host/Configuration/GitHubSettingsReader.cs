using System.Globalization;
using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.gitHub</c>: which GitHub this host is connected to, and how. Tokens and keys stand there by the names of secrets only.</summary>
internal static partial class GitHubSettingsReader
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    /// <summary>The settings; those of a host without GitHub where the section is missing.</summary>
    /// <param name="section">The section.</param>
    /// <param name="context">Where findings go.</param>
    /// <param name="secrets">The known secrets; the App's key and the webhook's secret are noted in it as texts of several lines.</param>
    public static GitHubOptions Read(SettingsSection section, SettingsContext context, Dictionary<string, SecretLocation> secrets)
    {
        if (!section.Keys.Any()) return new GitHubOptions();
        var options = new GitHubOptions
        {
            ApiUrl = ReadAddress(section, context),
            Token = ReadSecretName(section, "token", context, secrets),
            App = section.Has("app") ? ReadApp(section.Section("app"), context, secrets) : null,
            WebhookSecret = ReadSecretName(section, "webhookSecret", context, secrets),
            WriteInterval = ReadInterval(section, context),
        };
        if (section.Has("token") == section.Has("app"))
            context.Problem(section.Place, "exactly one of token (the name of a secret) and app: { id, privateKey }", section.Has("token") ? "both" : "neither");
        // While it is replaced the new and the old one stand there, each on a line.
        if (options.WebhookSecret is { } hook) secrets[hook] = secrets[hook] with { Multiline = true };
        section.WarnOfUnknown("protectionRules");
        return options;
    }

    private static Uri ReadAddress(SettingsSection section, SettingsContext context)
    {
        if (section.Address("apiUrl") is not { } address) return GitHubOptions.PublicApi;
        if (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
        {
            if (address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 }) return address;
            context.Problem($"{section.Place}.apiUrl", "an address such as https://ghe.example.com/api/v3, without a user, a query and a fragment", "one with them");
        }
        else
        {
            context.Problem($"{section.Place}.apiUrl", "an https:// address, since tokens are sent there", "one with http://");
        }

        return GitHubOptions.PublicApi;
    }

    private static GitHubAppOptions? ReadApp(SettingsSection app, SettingsContext context, Dictionary<string, SecretLocation> secrets)
    {
        var id = app.Number("id", 1, long.MaxValue, whole: true);
        var installation = app.Number("installationId", 1, long.MaxValue, whole: true);
        var key = ReadSecretName(app, "privateKey", context, secrets);
        if (!app.Has("id")) context.Problem($"{app.Place}.id", "the App's number", "nothing");
        if (!app.Has("privateKey")) context.Problem($"{app.Place}.privateKey", "the name of a secret under extensions.rollout.secrets that holds the App's private key", "nothing");
        app.WarnOfUnknown();
        if (id is null || key is null) return null;
        secrets[key] = secrets[key] with { Multiline = true };
        return new GitHubAppOptions(((long)id.Value).ToString(CultureInfo.InvariantCulture), key, (long?)installation);
    }

    private static TimeSpan ReadInterval(SettingsSection section, SettingsContext context)
    {
        var standard = new GitHubOptions().WriteInterval;
        if (section.Text("writeInterval") is not { } text) return standard;
        if (PlaybookDuration.TryParse(text, out var interval) && interval <= LongestInterval) return interval;
        context.Problem($"{section.Place}.writeInterval", "a duration of at most a minute, such as 1s", $"\"{text}\"");
        return standard;
    }

    private static string? ReadSecretName(SettingsSection section, string key, SettingsContext context, Dictionary<string, SecretLocation> secrets)
    {
        if (section.Text(key) is not { } name || secrets.ContainsKey(name)) return section.Text(key);
        // Whoever pasted a token where its name belongs must not find it in the log.
        var near = SecretName().IsMatch(name) ? Suggestion.Nearest(name, secrets.Keys) : null;
        var known = secrets.Count == 0 ? "none" : string.Join(", ", secrets.Keys.Order(StringComparer.Ordinal));
        context.Problem($"{section.Place}.{key}", $"the name of a secret under extensions.rollout.secrets (known: {known})", near is null ? "another text, which is not shown here" : $"\"{name}\"; did you mean {near}?");
        return null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_.-]{0,39}$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
