using System.Collections.Concurrent;
using System.Text.Json;

namespace Phase2Api;

/// <summary>What engineering, support and customers were told: the webhooks of all three end here. Thread-safe.</summary>
internal sealed class Announcements
{
    private const int Kept = 1000;

    private readonly ConcurrentQueue<object> _told = new();

    public IResult Take(JsonElement announcement)
    {
        if (announcement.ValueKind != JsonValueKind.Object || !announcement.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            return Results.BadRequest(new { error = "expected a JSON object with a text" });
        _told.Enqueue(new { audience = announcement.TryGetProperty("audience", out var audience) ? audience.ToString() : "", text = text.GetString() });
        while (_told.Count > Kept) _told.TryDequeue(out _);
        return Results.NoContent();
    }

    public IResult All() => Results.Json(_told);
}
