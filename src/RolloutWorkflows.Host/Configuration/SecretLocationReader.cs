using System.Text.RegularExpressions;
using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.secrets</c>: names, each with the environment variable or the file that holds the secret.</summary>
internal static partial class SecretLocationReader
{
    public static Dictionary<string, SecretLocation> Read(SettingsSection secrets, SettingsContext context, string root)
    {
        var all = new Dictionary<string, SecretLocation>(StringComparer.Ordinal);
        foreach (var name in secrets.Keys)
        {
            if (!secrets.IsSection(name))
            {
                secrets.Has(name);
                context.Problem($"{secrets.Place}.{name}", "where the secret lies: { \"env\": \"VARIABLE\" } or { \"file\": \"PATH\" }", "a value in clear, which is not shown here");
                continue;
            }

            if (ReadOne(name, secrets.Section(name), context, root) is { } location) all[name] = location;
        }

        return all;
    }

    private static SecretLocation? ReadOne(string name, SettingsSection secret, SettingsContext context, string root)
    {
        var variable = secret.Text("env");
        var file = secret.Text("file");
        secret.WarnOfUnknown();
        if (variable is null == file is null)
        {
            context.Problem(secret.Place, "exactly one of env and file", variable is null ? "neither" : "both");
            return null;
        }

        if (variable is not null && !VariableName().IsMatch(variable))
        {
            context.Problem($"{secret.Place}.env", "the name of an environment variable: letters, digits and _", "another text, which is not shown here");
            return null;
        }

        return new SecretLocation { Name = name, Environment = variable, File = file is null ? null : Path.GetFullPath(file, root) };
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex VariableName();
}
