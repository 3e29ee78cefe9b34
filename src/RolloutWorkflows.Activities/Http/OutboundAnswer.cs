using System.Text;

namespace RolloutWorkflows.Activities;

/// <summary>An answer of another service.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">The beginning of its body.</param>
/// <param name="Truncated">True: the body was longer.</param>
/// <param name="Took">From the request to the end of what was read.</param>
internal sealed record OutboundAnswer(int Status, byte[] Body, bool Truncated, TimeSpan Took)
{
    /// <summary>The answer's headers by name, whatever its case; several values of one are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public bool IsSuccess => Status is >= 200 and < 300;

    public string Text => Encoding.UTF8.GetString(Body);
}
