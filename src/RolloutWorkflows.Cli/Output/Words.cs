using System.Text;

namespace RolloutWorkflows.Cli;

/// <summary>Enum members as words: <c>AwaitingApproval</c> is "awaiting approval".</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0) words.Append(' ');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
