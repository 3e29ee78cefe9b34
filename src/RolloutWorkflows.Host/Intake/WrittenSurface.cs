namespace RolloutWorkflows.Host;

/// <summary>The surface that a written command means, in front of its reason: <c>--surface mobile crashes</c>. Pure.</summary>
internal static class WrittenSurface
{
    // Phones make one dash of two.
    private static readonly string[] Options = ["--surface", "—surface", "–surface"];

    /// <summary>Reads the surface off the beginning of a text; null where it names none.</summary>
    public static (string? Surface, string After) Split(string text)
    {
        var option = Array.Find(Options, option => text.StartsWith(option, StringComparison.OrdinalIgnoreCase) && text.Length > option.Length && (text[option.Length] == '=' || char.IsWhiteSpace(text[option.Length])));
        if (option is null) return (null, text);
        var after = text[(option.Length + 1)..].TrimStart();
        var end = after.AsSpan().IndexOfAny(" \t\r\n");
        var name = (end < 0 ? after : after[..end]).Trim('`');
        return name.Length == 0 ? (null, text) : (name, end < 0 ? "" : after[end..].Trim());
    }
}
