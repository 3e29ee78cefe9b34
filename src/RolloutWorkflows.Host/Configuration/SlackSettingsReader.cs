using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.slack</c>: how this host is connected to Slack. Tokens stand there by the names of secrets only.</summary>
internal static partial class SlackSettingsReader
{
    /// <summary>The settings; those of a host without Slack where the section is missing.</summary>
    public static SlackOptions Read(SettingsSection slack, SettingsContext context, IReadOnlyDictionary<string, SecretLocation> secrets)
    {
        if (!slack.Keys.Any()) return new SlackOptions();
        var options = new SlackOptions
        {
            BotToken = SecretName(slack, "botToken", context, secrets),
            SigningSecret = SecretName(slack, "signingSecret", context, secrets),
            AppToken = SecretName(slack, "appToken", context, secrets),
            Team = Team(slack, context),
            App = App(slack, context),
            Api = Api(slack, context),
            QuietHours = slack.IsSection("quietHours") ? QuietHours(slack.Section("quietHours"), context) : null,
        };
        if (!slack.Has("botToken")) context.Problem($"{slack.Place}.botToken", "the name of a secret under extensions.rollout.secrets that holds the bot token", "nothing");
        if (slack.Has("quietHours") && !slack.IsSection("quietHours")) slack.Section("quietHours");
        slack.WarnOfUnknown();
        return options;
    }

    private static string? SecretName(SettingsSection slack, string key, SettingsContext context, IReadOnlyDictionary<string, SecretLocation> secrets)
    {
        if (slack.Text(key) is not { } name || secrets.ContainsKey(name)) return slack.Text(key);
        // Whoever pasted a token where its name belongs must not find it in the log.
        var near = SecretNamePattern().IsMatch(name) ? Suggestion.Nearest(name, secrets.Keys) : null;
        var known = secrets.Count == 0 ? "none" : string.Join(", ", secrets.Keys.Order(StringComparer.Ordinal));
        context.Problem($"{slack.Place}.{key}", $"the name of a secret under extensions.rollout.secrets (known: {known})", near is null ? "another text, which is not shown here" : $"\"{name}\"; did you mean {near}?");
        return null;
    }

    private static string? Team(SettingsSection slack, SettingsContext context)
    {
        var team = slack.Text("team");
        if (team is null && !slack.Has("team")) context.Problem($"{slack.Place}.team", "the workspace's id, such as T012AB3CD", "nothing");
        else if (team is not null && !TeamId().IsMatch(team)) context.Problem($"{slack.Place}.team", "the workspace's id, such as T012AB3CD", $"\"{team}\"");
        return team;
    }

    private static string? App(SettingsSection slack, SettingsContext context)
    {
        var app = slack.Text("app");
        if (app is not null && !AppId().IsMatch(app)) context.Problem($"{slack.Place}.app", "the app's id, such as A012AB3CD", $"\"{app}\"");
        return app;
    }

    private static Uri Api(SettingsSection slack, SettingsContext context)
    {
        if (slack.Address("apiUrl") is not { } address) return SlackOptions.DefaultApi;
        if (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback) return address.AbsolutePath.EndsWith('/') ? address : new UriBuilder(address) { Path = address.AbsolutePath + "/" }.Uri;
        context.Problem($"{slack.Place}.apiUrl", "an https:// address, since tokens are sent there", "one with http://");
        return SlackOptions.DefaultApi;
    }

    private static SlackQuietHours? QuietHours(SettingsSection quiet, SettingsContext context)
    {
        var (zone, from, to, days) = (quiet.Text("timeZone"), quiet.Text("from"), quiet.Text("to"), quiet.Text("days"));
        foreach (var (key, value, expected) in new[] { ("timeZone", zone, "an IANA time zone such as Europe/Berlin"), ("from", from, "a time such as 20:00"), ("to", to, "a time such as 08:00") })
            if (value is null && !quiet.Has(key)) context.Problem($"{quiet.Place}.{key}", expected, "nothing");
        quiet.WarnOfUnknown();
        if (zone is null || from is null || to is null) return null;
        try
        {
            return SlackQuietHours.Of(zone, from, to, days);
        }
        catch (FormatException unreadable)
        {
            context.Problem(quiet.Place, "{ \"timeZone\": \"Europe/Berlin\", \"from\": \"20:00\", \"to\": \"08:00\", \"days\": \"mon-fri\" }", $"something else: {unreadable.Message}");
            return null;
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9_.-]{0,39}$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretNamePattern();

    [GeneratedRegex(@"^[TE][A-Z0-9]{2,}\z")]
    private static partial Regex TeamId();

    [GeneratedRegex(@"^A[A-Z0-9]{2,}\z")]
    private static partial Regex AppId();
}
