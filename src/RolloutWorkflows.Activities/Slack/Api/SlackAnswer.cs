using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>An answer of the Web API as JSON, with its headers.</summary>
internal sealed record SlackAnswer(JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <exception cref="SlackException">It is no JSON object.</exception>
    public static SlackAnswer Read(string method, OutboundAnswer answer)
    {
        try
        {
            if (!answer.Truncated)
            {
                using var document = JsonDocument.Parse(answer.Body);
                if (document.RootElement.ValueKind == JsonValueKind.Object) return new SlackAnswer(document.RootElement.Clone(), answer.Headers);
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new SlackException(SlackProblem.Unavailable, $"Slack's answer to {method} was no JSON object{(answer.Truncated ? " that ends" : "")}") { MayBeDone = true };
    }

    /// <summary>What the answer says against it; null where it is <c>ok</c>.</summary>
    public SlackException? Refusal(string method) =>
        Body.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True ? null : SlackErrors.Of(method, Text("error") ?? "no_error_named", this);

    public string? Text(string name) => TextOf(Body, name);

    public static string? TextOf(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
