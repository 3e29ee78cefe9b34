using System.Globalization;
using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>The outbox in SQLite.</summary>
internal sealed class SqliteOutbox(RolloutDatabase database, TimeProvider time) : IOutbox
{
    private const string Lanes = "SELECT run, name, cursor, news, opening, finished, refreshed_at, failed_refreshes, next_refresh, problem FROM outbox_lanes";
    private const string Messages = "SELECT number, lane, message, state, attempts, refusals, next_try, problem, reference, stored_at, settled_at FROM outbox_messages";

    public async ValueTask OpenAsync(string runId, string lane, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => Open(connection, runId, lane));

    public async ValueTask<IReadOnlyList<OutboxLane>> NoteNewsAsync(string runId, IReadOnlyList<string> lanes, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => NoteNews(connection, runId, lanes));

    public ValueTask<IReadOnlyList<OutboxLane>> ListToWakeAsync(CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query(
            $"""
            {Lanes} WHERE finished = 0
            UNION ALL
            {Lanes} JOIN runs USING (run) WHERE finished = 1 AND instr(name, ':') = 0 AND cursor < runs.last
            """, ToLane)));

    public ValueTask<OutboxLane?> FindLaneAsync(string runId, string lane, CancellationToken cancellation = default) =>
        new(database.Read(connection => FindLane(connection, runId, lane)));

    public ValueTask<IReadOnlyList<OutboxLane>> ListLanesAsync(string? runId = null, CancellationToken cancellation = default) =>
        new(database.Read(connection => runId is null
            ? connection.Query($"{Lanes} ORDER BY run, name", ToLane)
            : connection.Query($"{Lanes} WHERE run = ? ORDER BY name", ToLane, runId)));

    public async ValueTask StoreAsync(string runId, string lane, IReadOnlyList<ChannelMessage> messages, long? cursor = null, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow().UtcTicks;
        await database.WriteAsync(connection =>
        {
            Open(connection, runId, lane);
            foreach (var message in messages)
            {
                connection.Execute(
                    "INSERT INTO outbox_messages (message_id, run, lane, message, stored_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (message_id) DO NOTHING",
                    message.MessageId, runId, lane, StorageJson.Write(message), now);
            }

            return connection.Execute("UPDATE outbox_lanes SET cursor = max(cursor, ?) WHERE run = ? AND name = ?", cursor ?? 0, runId, lane);
        });
    }

    public ValueTask<OutboxMessage?> NextAsync(string runId, string lane, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.QueryFirst($"{Messages} WHERE run = ? AND lane = ? AND state = 'pending' ORDER BY number LIMIT 1", ToMessage, runId, lane)));

    public async ValueTask<bool> ChangeAsync(OutboxMessage before, OutboxMessage after, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => connection.Execute(
            """
            UPDATE outbox_messages SET state = ?, attempts = ?, refusals = ?, next_try = ?, problem = ?, reference = ?, settled_at = ?
            WHERE number = ? AND state = ? AND attempts = ?
            """,
            Word(after.State), after.Attempts, after.Refusals, after.NextTry?.UtcTicks, after.Problem, after.Reference, after.SettledAt?.UtcTicks,
            before.Number, Word(before.State), before.Attempts)) > 0;

    public async ValueTask KeepRefreshAsync(OutboxLane lane, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => connection.Execute(
            "UPDATE outbox_lanes SET refreshed_at = ?, failed_refreshes = ?, next_refresh = ?, problem = ? WHERE run = ? AND name = ?",
            lane.RefreshedAt?.UtcTicks, lane.FailedRefreshes, lane.NextRefresh?.UtcTicks, lane.Problem, lane.RunId, lane.Name));

    public async ValueTask<bool> FinishAsync(OutboxLane lane, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => connection.Execute(
            """
            UPDATE outbox_lanes SET finished = 1 WHERE run = ?1 AND name = ?2 AND news = ?3 AND opening = ?4
            AND NOT EXISTS (SELECT 1 FROM outbox_messages WHERE run = ?1 AND lane = ?2 AND state = 'pending')
            """,
            lane.RunId, lane.Name, lane.News, lane.Opening)) > 0;

    public ValueTask<OutboxMessage?> FindAsync(long number, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.QueryFirst($"{Messages} WHERE number = ?", ToMessage, number)));

    public ValueTask<IReadOnlyList<OutboxMessage>> ListAsync(OutboxQuery query, CancellationToken cancellation = default) =>
        new(database.Read(connection => connection.Query(
            $"{Messages} WHERE number > ?1 AND (?2 IS NULL OR run = ?2) AND (?3 IS NULL OR lane = ?3) AND (?4 IS NULL OR state = ?4) ORDER BY number LIMIT ?5",
            ToMessage, query.After, query.RunId, query.Lane, query.State is { } state ? Word(state) : null, query.Limit)));

    private static int Open(SqliteDatabase connection, string runId, string lane) =>
        connection.Execute("INSERT INTO outbox_lanes (run, name) VALUES (?, ?) ON CONFLICT (run, name) DO NOTHING", runId, lane);

    private static List<OutboxLane> NoteNews(SqliteDatabase connection, string runId, IReadOnlyList<string> lanes)
    {
        foreach (var lane in lanes)
            connection.Execute("UPDATE outbox_lanes SET news = news + 1, opening = opening + finished, finished = 0 WHERE run = ? AND name = ?", runId, lane);
        return [.. lanes.Select(lane => FindLane(connection, runId, lane)).OfType<OutboxLane>()];
    }

    private static OutboxLane? FindLane(SqliteDatabase connection, string runId, string lane) =>
        connection.QueryFirst($"{Lanes} WHERE run = ? AND name = ?", ToLane, runId, lane);

    private static OutboxLane ToLane(SqliteStatement row) => new()
    {
        RunId = row.GetString(0),
        Name = row.GetString(1),
        Cursor = row.GetInt64(2),
        News = row.GetInt64(3),
        Opening = row.GetInt32(4),
        IsFinished = row.GetInt64(5) != 0,
        RefreshedAt = Moment(row, 6),
        FailedRefreshes = row.GetInt32(7),
        NextRefresh = Moment(row, 8),
        Problem = row.IsNull(9) ? null : row.GetString(9),
    };

    private static OutboxMessage ToMessage(SqliteStatement row) => new()
    {
        Number = row.GetInt64(0),
        Lane = row.GetString(1),
        Message = StorageJson.Read<ChannelMessage>(row.GetString(2)),
        State = Enum.Parse<OutboxState>(row.GetString(3), ignoreCase: true),
        Attempts = row.GetInt32(4),
        Refusals = row.GetInt32(5),
        NextTry = Moment(row, 6),
        Problem = row.IsNull(7) ? null : row.GetString(7),
        Reference = row.IsNull(8) ? null : row.GetString(8),
        StoredAt = Moment(row, 9)!.Value,
        SettledAt = Moment(row, 10),
    };

    private static DateTimeOffset? Moment(SqliteStatement row, int column) => row.IsNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    private static string Word(OutboxState state) => state.ToString().ToLower(CultureInfo.InvariantCulture);
}
