namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Times are stored as ticks of UTC, which compare as numbers and lose nothing.</summary>
internal static class StoredTime
{
    internal static DateTime From(long ticks) => new(ticks, DateTimeKind.Utc);

    internal static DateTime? From(long? ticks) => ticks is { } value ? From(value) : null;
}
