namespace RolloutWorkflows.Cli;

/// <summary>The program that runs .NET assemblies: the one that runs this one, wherever that is known.</summary>
internal static class DotnetHost
{
    public static string Path
    {
        get
        {
            if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } named) return named;
            var own = Environment.ProcessPath;
            return own is not null && System.IO.Path.GetFileNameWithoutExtension(own).Equals("dotnet", StringComparison.OrdinalIgnoreCase) ? own : "dotnet";
        }
    }
}
