using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;
using RolloutWorkflows.Playbooks;
using RolloutWorkflows.Playbooks.Problems;

namespace RolloutWorkflows.Host;

/// <summary>
/// Reads one entry of <c>extensions.rollout.metricSources</c>. A secret written into it is refused without being
/// repeated: the file is shared and kept in version control.
/// </summary>
internal sealed partial class MetricSourceReader(SettingsContext context, IReadOnlyDictionary<string, SecretLocation> secrets, string root)
{
    private static readonly string[] Clear = ["bearerToken", "token", "password", "apiKey"];

    public MetricSourceSettings? Read(SettingsSection source)
    {
        if (source.Place.EndsWith($".{RolloutMetrics.Source}", StringComparison.Ordinal))
            context.Problem(source.Place, $"another name, since {RolloutMetrics.Source} is the built-in source over this host's past runs", "this one");
        foreach (var key in Clear.Where(source.Has)) RefuseClear(source, key, key == "password" ? "basicAuth: { username, passwordSecret: NAME }" : "bearerTokenSecret: NAME");
        var provider = ReadProvider(source);
        var address = ReadAddress(source);
        var (headers, secretHeaders) = ReadHeaders(source.Section("headers"));
        var credentials = ReadCredentials(source) with { Headers = secretHeaders };
        var timeout = source.Number("timeoutSeconds", 0.05, 30) is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(5);
        source.WarnOfUnknown("timeoutSeconds");
        return address is null ? null : new MetricSourceSettings { Provider = provider, Address = address, Timeout = timeout, Headers = headers, Credentials = credentials };
    }

    private MetricProvider ReadProvider(SettingsSection source)
    {
        // 'type' and 'url' are the older words for 'provider' and 'address'.
        var key = source.Has("type") && !source.Has("provider") ? "type" : "provider";
        switch (source.Text(key))
        {
            case null or "json": return MetricProvider.Json;
            case "prometheus": return MetricProvider.Prometheus;
            case var other:
                context.Problem($"{source.Place}.{key}", "\"json\" or \"prometheus\"", $"\"{other}\"");
                return MetricProvider.Json;
        }
    }

    private Uri? ReadAddress(SettingsSection source)
    {
        var key = source.Has("url") && !source.Has("address") ? "url" : "address";
        if (!source.Has(key)) context.Problem($"{source.Place}.{key}", "an absolute http:// or https:// address", "nothing");
        var address = source.Address(key);
        if (address is not { UserInfo.Length: > 0 }) return address;
        context.Problem($"{source.Place}.{key}", "an address without a user and password in it; write basicAuth: { username, passwordSecret: NAME }", "one with them");
        return null;
    }

    private HttpCredentials ReadCredentials(SettingsSection source)
    {
        var token = ReadSecret(source, "bearerToken");
        if (!source.Has("basicAuth")) return new HttpCredentials { BearerToken = token };
        var basic = source.Section("basicAuth");
        var user = basic.Text("username");
        if (basic.Has("password")) RefuseClear(basic, "password", "passwordSecret: NAME or passwordFile: PATH");
        var password = ReadSecret(basic, "password");
        basic.WarnOfUnknown();
        if (user is null) context.Problem($"{basic.Place}.username", "a text in quotes", "nothing");
        else if (user.Contains(':', StringComparison.Ordinal)) context.Problem($"{basic.Place}.username", "a name without a colon, which basic authentication cannot send", "one with a colon");
        if (password is null && !basic.Has("password") && !basic.Has("passwordSecret") && !basic.Has("passwordFile")) context.Problem($"{basic.Place}.passwordSecret", "the name of a secret, or passwordFile", "nothing");
        if (token is not null) context.Problem(source.Place, "bearerToken… or basicAuth", "both");
        return new HttpCredentials { BearerToken = token, UserName = user, Password = password };
    }

    /// <summary>The secret of <c>…Secret</c> (a name) or <c>…File</c> (a path); null where neither stands.</summary>
    private SecretLocation? ReadSecret(SettingsSection section, string key)
    {
        var file = section.Text(key + "File");
        var name = section.Text(key + "Secret");
        if (file is not null && name is not null) context.Problem(section.Place, $"{key}Secret or {key}File", "both");
        if (file is not null) return new SecretLocation { Name = $"{section.Place}.{key}File", File = Path.GetFullPath(file, root) };
        return name is null ? null : Named($"{section.Place}.{key}Secret", name);
    }

    private SecretLocation? Named(string place, string name)
    {
        if (secrets.TryGetValue(name, out var location)) return location;
        // Whoever pasted a secret where its name belongs must not find it in the log.
        var known = secrets.Count == 0 ? "none" : string.Join(", ", secrets.Keys.Order(StringComparer.Ordinal));
        var near = NamePattern().IsMatch(name) ? Suggestion.Nearest(name, secrets.Keys) : null;
        context.Problem(place, $"the name of a secret under extensions.rollout.secrets (known: {known})", near is null ? "another text" : $"\"{name}\"; did you mean {near}?");
        return null;
    }

    private (Dictionary<string, string> Plain, Dictionary<string, SecretLocation> Secret) ReadHeaders(SettingsSection headers)
    {
        var plain = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var secret = new Dictionary<string, SecretLocation>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in headers.Keys)
        {
            if (headers.IsSection(name))
            {
                var stated = headers.Section(name);
                if (ReadHeaderSecret(stated) is { } location) secret[name] = location;
                stated.WarnOfUnknown();
            }
            else if (Sensitive().IsMatch(name) && !headers.IsSetting(name)) RefuseClear(headers, name, "{ \"secret\": NAME }");
            else plain[name] = headers.Text(name) ?? "";
        }

        return (plain, secret);
    }

    private SecretLocation? ReadHeaderSecret(SettingsSection header)
    {
        if (header.Text("file") is { } file) return new SecretLocation { Name = header.Place, File = Path.GetFullPath(file, root) };
        if (header.Text("secret") is { } name) return Named($"{header.Place}.secret", name);
        context.Problem(header.Place, "a text, { \"secret\": NAME } or { \"file\": PATH }", "neither");
        return null;
    }

    private void RefuseClear(SettingsSection section, string key, string instead) => context.Problem(
        $"{section.Place}.{key}",
        $"no secret in this file; name it with {instead}, and say under extensions.rollout.secrets where it lies: \"NAME\": {{ \"env\": \"VARIABLE\" }} or {{ \"file\": \"PATH\" }}",
        "a value in clear, which is not shown here");

    [GeneratedRegex("auth|token|secret|key|password|cookie", RegexOptions.IgnoreCase)]
    private static partial Regex Sensitive();

    [GeneratedRegex("^[a-z0-9][a-z0-9_.-]{0,62}$", RegexOptions.IgnoreCase)]
    private static partial Regex NamePattern();
}
