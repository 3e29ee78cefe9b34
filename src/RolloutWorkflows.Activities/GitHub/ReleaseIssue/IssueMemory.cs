using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>What the channel remembers of a run's issue. Lost, it is found again outside; it saves requests.</summary>
internal sealed class IssueMemory(IChannelMemory memory)
{
    /// <summary>The issue: <c>owner/name#12</c>.</summary>
    public const string Issue = "issue";

    /// <summary>The block as it was written last.</summary>
    public const string Block = "block";

    /// <summary>The block as we tried to write it last, heard of or not.</summary>
    public const string Attempted = "attempted";

    /// <summary>What the boxes said when the block was written last.</summary>
    public const string Signature = "signature";

    /// <summary>The status comment's id.</summary>
    public const string Status = "status";

    /// <summary>The status comment as it was written last.</summary>
    public const string StatusText = "statusText";

    /// <summary>The status comment's address.</summary>
    public const string StatusAddress = "statusAddress";

    private const string Refreshed = "refreshed";

    public IChannelMemory Kept => memory;

    /// <summary>The key under which a message's comment stands.</summary>
    public static string MessageKey(string messageId) => $"comment:{messageId}";

    /// <summary>The key under which the comment stands that asked a question.</summary>
    public static string QuestionKey(string approvalId) => $"asked:{approvalId}";

    public ValueTask<string?> GetAsync(string key, CancellationToken cancellation) => memory.GetAsync(key, cancellation);

    public ValueTask SetAsync(string key, string value, CancellationToken cancellation) => memory.SetAsync(key, value, cancellation);

    public async Task<IssuePlace?> PlaceAsync(CancellationToken cancellation) =>
        IssuePlace.TryParse(await memory.GetAsync(Issue, cancellation), out var place) ? place : null;

    /// <summary>When the issue was brought to the present state last.</summary>
    public async Task<DateTimeOffset?> RefreshedAtAsync(CancellationToken cancellation) =>
        DateTimeOffset.TryParseExact(await memory.GetAsync(Refreshed, cancellation), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) ? at : null;

    public ValueTask RefreshedAsync(DateTimeOffset at, CancellationToken cancellation) =>
        memory.SetAsync(Refreshed, at.ToString("O", CultureInfo.InvariantCulture), cancellation);
}
