using System.Globalization;
using RolloutWorkflows.DurableTask.Sqlite;

namespace RolloutWorkflows.Host;

/// <summary>Brings the product's database to the newest schema, one numbered script per version. A version that was released never changes.</summary>
internal static class RolloutSchema
{
    /// <summary>Marks a file as this server's: "RWro" in ASCII.</summary>
    private const int ApplicationId = 0x5257726F;

    private static readonly string[] Scripts =
    [
        "001-initial.sql", "002-leases.sql", "003-start-keys.sql", "004-outbox.sql", "005-deliveries.sql", "006-documents.sql", "007-evidence.sql", "008-rehearsals.sql",
    ];

    /// <exception cref="HostConfigurationException">The file belongs to something else, or to a newer version of this program.</exception>
    public static void Migrate(SqliteDatabase database)
    {
        var version = Read(database, "PRAGMA user_version");
        var application = Read(database, "PRAGMA application_id");
        if (application != ApplicationId && Read(database, "SELECT count(*) FROM sqlite_master") > 0)
            throw new HostConfigurationException([$"{database.Path} is not a database of this server: expected application id {ApplicationId}, got {application}. Choose another data folder with --data."]);
        if (version > Scripts.Length)
            throw new HostConfigurationException([$"{database.Path} has schema version {version}, but this program knows versions up to {Scripts.Length}. Run the newer program that wrote it, or restore a backup from before the upgrade."]);
        for (var next = (int)version + 1; next <= Scripts.Length; next++)
        {
            var script = ReadScript(Scripts[next - 1]);
            var number = next.ToString(CultureInfo.InvariantCulture);
            database.InTransaction(() => database.ExecuteScript($"{script}\nPRAGMA application_id = {ApplicationId};\nPRAGMA user_version = {number};"));
        }
    }

    private static long Read(SqliteDatabase database, string sql) => database.QueryFirst(sql, row => row.GetInt64(0));

    private static string ReadScript(string name)
    {
        using var stream = typeof(RolloutSchema).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Bug in RolloutWorkflows: the schema script {name} is missing from the program; please report it.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
