using System.Buffers;

namespace RolloutWorkflows.Host;

/// <summary>Texts that people write into a request and others read, on terminals and pages.</summary>
internal static class WrittenText
{
    public const int MaximumReason = 2000;

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xA0).Select(code => (char)code).Where(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))]);

    /// <summary>The reason as it was given; null where there is none.</summary>
    /// <exception cref="ProblemException">400: too long, or with control characters other than line breaks and tabs.</exception>
    public static string? Reason(string? reason, string member = "reason")
    {
        if (reason is { Length: > MaximumReason }) throw Problems.BadRequest($"'{member}' has {reason.Length} characters; expected at most {MaximumReason}.", "Say it shorter.");
        if (reason is not null && reason.AsSpan().IndexOfAny(Controls) is var at and >= 0)
            throw Problems.BadRequest($"'{member}' holds the control character U+{(int)reason[at]:X4}; expected text.", "Leave such characters out; terminals would obey them.");
        return reason;
    }
}
