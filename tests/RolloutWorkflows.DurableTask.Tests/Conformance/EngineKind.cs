using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>The engines that must behave alike: every store, in both replay modes.</summary>
public enum EngineKind
{
    MemoryAlways,
    MemorySticky,
    SqliteAlways,
    SqliteSticky,
}

internal static class EngineKinds
{
    public static ReplayMode Replay(this EngineKind engine) =>
        engine is EngineKind.MemoryAlways or EngineKind.SqliteAlways ? ReplayMode.Always : ReplayMode.Sticky;

    public static bool IsOnDisk(this EngineKind engine) => engine is EngineKind.SqliteAlways or EngineKind.SqliteSticky;
}
