using System.Globalization;
using RolloutWorkflows.DurableTask.Storage;

namespace RolloutWorkflows.DurableTask.Execution;

/// <summary>Continuation tokens: ticks of the creation time, a dot, the instance id.</summary>
internal static class InstanceCursors
{
    public static string? Write(InstanceCursor? cursor) => cursor is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{cursor.CreatedAt.Ticks}.{cursor.InstanceId}");

    /// <exception cref="ArgumentException">The text is not a token that was given out.</exception>
    public static InstanceCursor? Read(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        int dot = token.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || !long.TryParse(token.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out long ticks)
            || ticks > DateTime.MaxValue.Ticks)
        {
            throw new ArgumentException($"'{token}' is not a continuation token. Use the one that came with the previous page.", nameof(token));
        }

        return new(new DateTime(ticks, DateTimeKind.Utc), token[(dot + 1)..]);
    }
}
