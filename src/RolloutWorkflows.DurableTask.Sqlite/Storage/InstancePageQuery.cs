using System.Text;
using RolloutWorkflows.DurableTask.Client;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Reads instances page by page. A page continues after a key, so it costs the same however far down it lies.</summary>
internal static class InstancePageQuery
{
    // No id contains this character, which sorts after all others.
    private const string AfterEveryId = "\U0010FFFF";

    internal static InstancePage Read(SqliteDatabase database, InstanceQuery query)
    {
        var found = query.Statuses is null ? ReadOne(database, query, null) : ReadEach(database, query, query.Statuses);
        if (found.Count <= query.PageSize) return new InstancePage(found, null);
        var page = found.GetRange(0, query.PageSize);
        return new InstancePage(page, new InstanceCursor(page[^1].CreatedAt, page[^1].InstanceId));
    }

    /// <summary>One ordered read of the status index for each status, merged: a few running among a million ended are found at once.</summary>
    private static List<InstanceRow> ReadEach(SqliteDatabase database, InstanceQuery query, IEnumerable<OrchestrationRuntimeStatus> statuses) =>
    [
        .. statuses.Distinct()
            .SelectMany(status => ReadOne(database, query, status))
            .OrderBy(instance => instance.CreatedAt)
            .ThenBy(instance => instance.InstanceId, StringComparer.Ordinal)
            .Take(query.PageSize + 1),
    ];

    private static List<InstanceRow> ReadOne(SqliteDatabase database, InstanceQuery query, OrchestrationRuntimeStatus? status)
    {
        var sql = new StringBuilder("SELECT ").Append(InstanceReader.SelectColumns(query.WithPayloads)).Append(" FROM instance WHERE 1");
        var values = new List<SqliteValue>();
        void Where(string condition, params ReadOnlySpan<SqliteValue> bound)
        {
            sql.Append(" AND ").Append(condition);
            values.AddRange(bound);
        }

        if (status is { } one) Where("status = ?", (int)one);
        if (query.ParentInstanceId is { } parent) Where("parent_id = ?", parent);
        if (query.ParkedOnly) Where("parked IS NOT NULL");
        if (query.InstanceIdPrefix is { Length: > 0 } prefix) Where("id >= ? AND id < ?", prefix, prefix + AfterEveryId);
        if (query.CreatedFrom is { } from) Where("created >= ?", from.Ticks);
        if (query.CreatedTo is { } to) Where("created <= ?", to.Ticks);
        if (query.After is { } after) Where("(created, id) > (?, ?)", after.CreatedAt.Ticks, after.InstanceId);
        sql.Append(" ORDER BY created, id LIMIT ?");
        values.Add(query.PageSize + 1);

        return database.Query(sql.ToString(), row => InstanceReader.Map(database, row, query.WithPayloads), [.. values]);
    }
}
