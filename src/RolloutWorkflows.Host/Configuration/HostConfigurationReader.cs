using System.Text.Json.Nodes;

namespace RolloutWorkflows.Host;

/// <summary>
/// Reads <c>host.json</c> and <c>local.settings.json</c> as Azure Functions does: <c>Values</c> are settings, the
/// environment wins over them, <c>AzureFunctionsJobHost__a__b</c> overrides a key of <c>host.json</c>, and
/// <c>%NAME%</c> stands for a setting.
/// </summary>
public static class HostConfigurationReader
{
    private const string OverridePrefix = "AzureFunctionsJobHost__";

    private const string RolloutPlace = "host.json.extensions.rollout.";

    /// <summary>Durable Functions' keys that are about other stores or hosts, so that a host.json written for them can stay as it is.</summary>
    private static readonly string[] ElsewhereOnly =
    [
        "defaultVersion", "versionMatchStrategy", "versionFailureStrategy", "tracing", "httpSettings", "notifications",
        "maxConcurrentEntityFunctions", "extendedSessionIdleTimeoutInSeconds", "maxEntityOperationBatchSize", "maxOrchestrationActions",
        "storeInputsInOrchestrationHistory", "maxGrpcMessageSizeInBytes", "grpcHttpClientTimeout", "useAppLease", "useGracefulShutdown",
        "entityMessageReorderWindowInMinutes", "rollbackEntityOperationsOnExceptions", "overridableExistingInstanceStates",
        "throwStatusExceptionsOnRaiseEvent",
    ];

    /// <summary>Reads both files in a folder; missing files mean defaults.</summary>
    /// <param name="root">The folder of the two files.</param>
    /// <param name="environment">The environment's variables; null: the process's own.</param>
    /// <exception cref="HostConfigurationException">Something cannot be used; every problem is listed.</exception>
    public static HostConfiguration Read(string root, IReadOnlyDictionary<string, string>? environment = null) => Read(root, environment, _ => true);

    /// <summary>
    /// Reads what says where the server's files are. Whatever else cannot be used does not matter here: the settings of
    /// the server's metric sources, for example, stand in the server's environment and not in everybody's.
    /// </summary>
    internal static HostConfiguration ReadPlaces(string root) =>
        Read(root, null, problem => !problem.StartsWith(RolloutPlace, StringComparison.Ordinal) || problem.StartsWith($"{RolloutPlace}people", StringComparison.Ordinal));

    private static HostConfiguration Read(string root, IReadOnlyDictionary<string, string>? environment, Func<string, bool> matters)
    {
        environment ??= ProcessEnvironment();
        var problems = new List<string>();
        var local = SettingsFile.Read(Path.Combine(root, "local.settings.json"), problems);
        var values = local?["Values"] as JsonObject;
        string? Setting(string name) => environment.TryGetValue(name, out var value) ? value : values?[name]?.ToString();
        var context = new SettingsContext(Setting);
        var host = SettingsFile.Read(Path.Combine(root, "host.json"), context.Problems) ?? [];
        context.Problems.InsertRange(0, problems);
        foreach (var (key, value) in environment.Where(pair => pair.Key.StartsWith(OverridePrefix, StringComparison.OrdinalIgnoreCase)))
            Override(host, key[OverridePrefix.Length..].Split("__"), value);

        var extensions = new SettingsSection(host, "host.json", context).Section("extensions");
        var configuration = new HostConfiguration
        {
            DurableTask = ReadDurableTask(extensions.Section("durableTask"), context),
            Rollout = RolloutSettingsReader.Read(extensions.Section("rollout"), context, Path.GetFullPath(root)),
        };
        if (context.Problems.Where(matters).ToList() is { Count: > 0 } obstacles) throw new HostConfigurationException(obstacles);
        return configuration with { Warnings = context.Warnings, Setting = Setting };
    }

    private static DurableTaskSettings ReadDurableTask(SettingsSection section, SettingsContext context)
    {
        ReadStorageProvider(section.Section("storageProvider"), context);
        var hub = section.Text("hubName");
        if (hub is not null && (hub.Length is 0 or > 45 || !hub.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')))
            context.Problem($"{section.Place}.hubName", "1 to 45 letters, digits, '-' or '_'", $"\"{hub}\"");
        var settings = new DurableTaskSettings
        {
            HubName = hub,
            MaxConcurrentActivityFunctions = (int?)section.Number("maxConcurrentActivityFunctions", 1, 100_000, whole: true),
            MaxConcurrentOrchestratorFunctions = (int?)section.Number("maxConcurrentOrchestratorFunctions", 1, 100_000, whole: true),
            ExtendedSessionsEnabled = section.Flag("extendedSessionsEnabled"),
        };
        foreach (var key in ElsewhereOnly.Where(section.Has)) context.Warn($"{section.Place}.{key} has no effect on this server.");
        section.WarnOfUnknown();
        return settings;
    }

    private static void ReadStorageProvider(SettingsSection section, SettingsContext context)
    {
        if (section.Text("type") is { } type && !type.Equals("sqlite", StringComparison.OrdinalIgnoreCase))
            context.Problem($"{section.Place}.type", "\"sqlite\", the store of this version", $"\"{type}\"");
        foreach (var key in section.Keys.Where(key => !key.Equals("type", StringComparison.OrdinalIgnoreCase)))
            context.Warn($"{section.Place}.{key} has no effect with SQLite; the data folder is chosen by `rollout serve --data`.");
    }

    private static void Override(JsonObject target, string[] path, string value)
    {
        foreach (var key in path[..^1])
        {
            if (target[key] is not JsonObject next) target[key] = next = [];
            target = next;
        }

        target[path[^1]] = value;
    }

    private static Dictionary<string, string> ProcessEnvironment()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            variables[(string)entry.Key] = entry.Value as string ?? "";
        return variables;
    }
}
