using RolloutWorkflows.Activities;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>Leases in SQLite.</summary>
internal sealed class SqliteLeases(RolloutDatabase database) : ILeases
{
    private const string Select = "SELECT target, run, playbook, since FROM leases";

    public async ValueTask<IReadOnlyList<Lease>> TakeAsync(LeaseRequest request, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => Take(connection, request));

    public async ValueTask ReleaseAsync(string runId, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => connection.Execute("DELETE FROM leases WHERE run = ?", runId));

    public async ValueTask TakeOverAsync(string fromRun, string toRun, DateTimeOffset since, CancellationToken cancellation = default) =>
        await database.WriteAsync(connection => connection.Execute("UPDATE leases SET run = ?, since = ? WHERE run = ?", toRun, since.UtcTicks, fromRun));

    public ValueTask<Lease?> FindAsync(string target, CancellationToken cancellation = default) =>
        new(database.Read(connection => Find(connection, target)));

    public ValueTask<IReadOnlyList<Lease>> ListAsync(string? runId = null, CancellationToken cancellation = default) =>
        new(database.Read(connection => runId is null
            ? connection.Query($"{Select} ORDER BY target", ToLease)
            : connection.Query($"{Select} WHERE run = ? ORDER BY target", ToLease, runId)));

    private static List<Lease> Take(SqliteDatabase connection, LeaseRequest request)
    {
        var held = request.Targets.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(target => Find(connection, target)).OfType<Lease>().Where(lease => lease.RunId != request.RunId).ToList();
        if (held.Where(lease => !request.Ended.Contains(lease.RunId)).ToList() is { Count: > 0 } inTheWay) return inTheWay;
        foreach (var lease in held) connection.Execute("DELETE FROM leases WHERE target = ?", lease.Target);
        foreach (var target in request.Targets)
            connection.Execute("INSERT INTO leases (target, run, playbook, since) VALUES (?, ?, ?, ?) ON CONFLICT (target) DO NOTHING", target, request.RunId, request.Playbook, request.Since.UtcTicks);
        return [];
    }

    private static Lease? Find(SqliteDatabase connection, string target) => connection.QueryFirst($"{Select} WHERE target = ?", ToLease, target);

    private static Lease ToLease(SqliteStatement row) => new()
    {
        Target = row.GetString(0),
        RunId = row.GetString(1),
        Playbook = row.GetString(2),
        Since = new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
    };
}
