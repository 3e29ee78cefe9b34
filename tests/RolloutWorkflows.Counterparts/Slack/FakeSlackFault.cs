namespace RolloutWorkflows.Counterparts;

/// <summary>How a call goes wrong.</summary>
internal sealed class FakeSlackFault
{
    /// <summary>The method it hits; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>How many more calls it hits.</summary>
    public int Times { get; set; } = 1;

    /// <summary>The HTTP status of the answer.</summary>
    public int? Status { get; init; }

    /// <summary>Seconds of a <c>Retry-After</c>.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Slack's word for it, with status 200.</summary>
    public string? Error { get; init; }

    /// <summary>It is done, and the connection breaks before the answer.</summary>
    public bool LosesAnswer { get; init; }

    /// <summary>The answer waits for this.</summary>
    public Task? Until { get; init; }
}
