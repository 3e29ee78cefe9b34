namespace RolloutWorkflows.Orchestrations;

/// <summary>What a document may be called: a slug, so that it stands in an address, a file's name and a sentence alike. Pure.</summary>
public static class DocumentName
{
    /// <summary>In characters.</summary>
    public const int MaximumLength = 64;

    /// <summary>What is expected, for people.</summary>
    public const string Expected = "small letters, digits and '-' between them, at most 64 characters, such as test-matrix";

    /// <summary>True where the text may be a document's name.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: > 0 and <= MaximumLength } && text[0] != '-' && text[^1] != '-'
        && text.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
