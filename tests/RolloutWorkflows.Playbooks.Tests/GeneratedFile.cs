namespace RolloutWorkflows.Playbooks.Tests;

/// <summary>A checked-in file that follows from code. <c>./build.sh generate</c> rewrites it; otherwise it must be equal.</summary>
internal static class GeneratedFile
{
    public static void AssertUpToDate(string generated, params string[] parts)
    {
        var path = Repository.PathOf(parts);
        if (Environment.GetEnvironmentVariable("ROLLOUT_UPDATE_GENERATED") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, generated);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path) == generated, $"{string.Join('/', parts)} differs from what the code says; run ./build.sh generate and review the difference.");
    }
}
