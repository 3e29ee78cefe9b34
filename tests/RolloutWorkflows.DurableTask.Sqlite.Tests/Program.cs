using RolloutWorkflows.DurableTask.Sqlite.Tests.Crash;
using Xunit.MicrosoftTestingPlatform;

namespace RolloutWorkflows.DurableTask.Sqlite.Tests;

/// <summary>Runs the tests, or one of the programs that tests start as processes of their own.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => arguments is [ChildProcess.Marker, var program, .. var rest]
        ? ChildProcess.RunAsync(program, rest)
        : TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
