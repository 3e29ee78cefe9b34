using System.Collections.Concurrent;
using System.Text.Json;

namespace CloakMarketplace;

/// <summary>What integrators and the status page were told. Thread-safe.</summary>
internal sealed class Notices
{
    private readonly ConcurrentQueue<(string Audience, string Text)> told = [];

    public IResult Take(string audience, JsonElement notice)
    {
        told.Enqueue((audience, notice.TryGetProperty("text", out var text) ? text.ToString() : notice.GetRawText()));
        return Results.NoContent();
    }

    public IReadOnlyList<string> Of(string audience) => [.. told.Where(notice => notice.Audience == audience).Select(notice => notice.Text)];
}
