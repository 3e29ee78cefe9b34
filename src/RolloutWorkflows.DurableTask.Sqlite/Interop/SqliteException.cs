namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>SQLite refused or could not carry out a call. Carries SQLite's own code and text, and the statement where there was one.</summary>
public sealed class SqliteException : Exception
{
    internal SqliteException(int extendedCode, string task, string reason, string? sql)
        : base(Describe(extendedCode, task, reason, sql))
    {
        ExtendedCode = extendedCode;
        Reason = reason;
        Sql = sql;
    }

    /// <summary>SQLite's primary result code, for example 5 (busy), 10 (I/O error), 13 (disk full), 19 (constraint).</summary>
    public int Code => ExtendedCode & 0xff;

    /// <summary>SQLite's extended result code, for example 2067 (unique constraint).</summary>
    public int ExtendedCode { get; }

    /// <summary>SQLite's own words.</summary>
    public string Reason { get; }

    /// <summary>The statement that failed; null when opening or closing failed. Values that were bound to it are never shown.</summary>
    public string? Sql { get; }

    /// <summary>Whether a unique, primary key, check, foreign key or not-null rule was broken.</summary>
    public bool IsConstraint => Code == 19;

    /// <summary>Whether another connection held the lock for longer than the busy timeout.</summary>
    public bool IsBusy => Code is 5 or 6;

    private static string Describe(int code, string task, string reason, string? sql)
    {
        var text = $"SQLite could not {task}: {reason} (code {code & 0xff}, extended {code}).";
        if (Remedy(code & 0xff) is { } remedy) text += " " + remedy;
        return sql is null ? text : $"{text} Statement: {sql}";
    }

    private static string? Remedy(int code) => code switch
    {
        5 or 6 => "Another process or connection holds the file; close it and try again.",
        8 => "The file or its folder is read-only; make both writable for this process.",
        10 => "The disk reported an error; check the system's log and free space.",
        11 or 26 => "The file is damaged or is not a database; restore it from a backup.",
        13 => "The disk is full; free space and try again.",
        14 => "Check that the folder exists and that this process may write to it.",
        _ => null,
    };
}
