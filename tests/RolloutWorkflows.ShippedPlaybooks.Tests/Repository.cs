namespace RolloutWorkflows.ShippedPlaybooks.Tests;

/// <summary>The clone that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "RolloutWorkflows.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"no RolloutWorkflows.sln above {AppContext.BaseDirectory}"));
}
