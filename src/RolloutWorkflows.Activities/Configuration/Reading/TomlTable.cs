namespace RolloutWorkflows.Activities;

/// <summary>How a table of TOML came to be, which decides what may be added to it.</summary>
internal enum TomlOrigin
{
    /// <summary>Only named on the way to another: a header may still define it.</summary>
    Implied,

    /// <summary>Defined by a header of its own.</summary>
    Header,

    /// <summary>Made by dotted names, which may go on adding to it.</summary>
    Dotted,

    /// <summary>Written in braces: complete.</summary>
    Inline,
}

/// <summary>A table of TOML.</summary>
internal sealed class TomlTable(TomlOrigin origin) : ConfigTable
{
    public TomlOrigin Origin { get; set; } = origin;

    /// <summary>Nothing may be added any more, here or below.</summary>
    public void Close()
    {
        Origin = TomlOrigin.Inline;
        foreach (var (_, node) in Entries) (node as TomlTable)?.Close();
    }
}

/// <summary>A list of tables, each begun by a header in double brackets.</summary>
internal sealed class TomlTableArray(int start) : ConfigList(start);
