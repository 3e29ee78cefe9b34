using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Host;

/// <summary>Reads <c>extensions.rollout.signers</c>: names, each with the file of a public key. A key that cannot be used is found before any run needs it.</summary>
internal static class SignerSettingsReader
{
    private const long LongestKey = 64 * 1024;

    public static Dictionary<string, string> Read(SettingsSection section, SettingsContext context, string root)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in section.Keys)
        {
            if (section.Text(name) is not { } file) continue;
            var path = Path.GetFullPath(file, root);
            if (ProblemOf(path) is { } problem) context.Problem($"{section.Place}.{name}", "the file of a public key", $"{file}: {problem}");
            else files[name] = path;
        }

        return files;
    }

    private static string? ProblemOf(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestKey) return "it is too long to be a key";
            using var key = SignerKey.Read(File.ReadAllText(path), out var problem);
            return problem;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return unreadable.Message;
        }
    }
}
