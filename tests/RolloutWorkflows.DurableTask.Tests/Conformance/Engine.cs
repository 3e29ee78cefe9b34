using RolloutWorkflows.DurableTask.Worker;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>The engines that must behave alike: every store, in both replay modes.</summary>
public enum Engine
{
    MemoryAlways,
    MemorySticky,
    SqliteAlways,
    SqliteSticky,
}

internal static class EngineTraits
{
    public static ReplayMode Replay(this Engine engine) =>
        engine is Engine.MemoryAlways or Engine.SqliteAlways ? ReplayMode.Always : ReplayMode.Sticky;

    public static bool IsOnDisk(this Engine engine) => engine is Engine.SqliteAlways or Engine.SqliteSticky;
}
