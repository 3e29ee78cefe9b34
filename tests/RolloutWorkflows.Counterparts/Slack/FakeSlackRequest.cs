using System.Text.Json.Nodes;

namespace RolloutWorkflows.Counterparts;

/// <summary>A call of the Web API as it came in.</summary>
/// <param name="Method">Such as <c>chat.postMessage</c>.</param>
/// <param name="ContentType">Of its body.</param>
/// <param name="Arguments">From JSON or form; JSON in a form is read.</param>
/// <param name="Authorization">The header as it came.</param>
/// <param name="At">When it came.</param>
public sealed record FakeSlackRequest(string Method, string? ContentType, JsonObject Arguments, string? Authorization, DateTimeOffset At);
