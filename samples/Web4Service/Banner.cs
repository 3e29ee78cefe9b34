using System.Text.Json;

namespace Web4Service;

/// <summary>The line that users see above the page: the last announcement to them. Thread-safe.</summary>
internal sealed class Banner
{
    private const string Audience = "users";

    private volatile string? _text;

    /// <summary>Null: nothing was announced.</summary>
    public string? Text => _text;

    /// <summary>Takes an announcement as webhooks get it; those to other audiences are taken and not shown.</summary>
    public IResult Announce(JsonElement announcement)
    {
        if (announcement.ValueKind != JsonValueKind.Object || !announcement.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            return Results.BadRequest(new { error = "expected a JSON object with a text" });
        if (announcement.TryGetProperty("audience", out var audience) && audience.ValueEquals(Audience)) _text = text.GetString();
        return Results.NoContent();
    }
}
