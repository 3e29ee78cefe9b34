using System.Globalization;
using System.Reflection;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Brings a database file to the newest schema, one numbered script per version. A version that was released never changes.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks a file as this store's: "RWdt" in ASCII.</summary>
    internal const int ApplicationId = 0x52576474;

    private static readonly string[] Scripts = ["001-initial.sql"];

    /// <summary>The schema version that this program writes.</summary>
    internal static int Newest => Scripts.Length;

    /// <summary>Applies the missing scripts, each in a transaction of its own.</summary>
    /// <exception cref="StoreException">The file belongs to something else, or to a newer version of this program.</exception>
    internal static void Migrate(SqliteDatabase database)
    {
        var version = Read(database, "user_version");
        var application = Read(database, "application_id");
        var isEmpty = database.QueryFirst("SELECT count(*) FROM sqlite_master", row => row.GetInt64(0)) == 0;
        if (application != ApplicationId && !isEmpty)
            throw new StoreException($"The database {database.Path} is not an orchestration store: expected application id {ApplicationId}, got {application}. Give the store a file of its own.");
        if (version > Newest)
            throw new StoreException($"The database {database.Path} has schema version {version}, but this program knows versions up to {Newest}. Run the newer program that wrote it, or restore a backup from before the upgrade.");

        for (var next = (int)version + 1; next <= Newest; next++)
        {
            var script = ReadScript(Scripts[next - 1]);
            var number = next.ToString(CultureInfo.InvariantCulture);
            database.InTransaction(() => database.ExecuteScript($"{script}\nPRAGMA application_id = {ApplicationId};\nPRAGMA user_version = {number};"));
        }
    }

    private static long Read(SqliteDatabase database, string pragma) => database.QueryFirst($"PRAGMA {pragma}", row => row.GetInt64(0));

    private static string ReadScript(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Bug in RolloutWorkflows: the schema script {name} is missing from the program; please report it.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
