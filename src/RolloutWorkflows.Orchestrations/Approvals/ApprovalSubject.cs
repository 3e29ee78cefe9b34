using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Orchestrations;

/// <summary>Everything that one approval is bound to, at one moment. Where two of them differ, the approval is void. Pure.</summary>
/// <param name="Lines">What people are shown, in a fixed order.</param>
public sealed record ApprovalSubject(IReadOnlyList<SubjectLine> Lines)
{
    /// <summary>Names this subject, put as the n-th question of its attempt.</summary>
    public string Digest(string approval, int asked)
    {
        var text = JsonSerializer.Serialize(new { Asked = asked, Approval = approval, Lines });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
    }

    /// <summary>What was approved against what stands now, one text for each difference; empty where nothing changed.</summary>
    public IReadOnlyList<string> DifferencesTo(ApprovalSubject now)
    {
        var before = Lines.ToDictionary(line => line.What, line => line.Value);
        var after = now.Lines.ToDictionary(line => line.What, line => line.Value);
        return
        [
            .. Lines.Where(line => !after.ContainsKey(line.What)).Select(line => $"{line.What} was {line.Value}, is gone"),
            .. now.Lines.Where(line => !before.ContainsKey(line.What)).Select(line => $"{line.What} is {line.Value}, was not there"),
            .. now.Lines.Where(line => before.TryGetValue(line.What, out var value) && value != line.Value).Select(line => $"{line.What} was {before[line.What]}, is {line.Value}"),
        ];
    }
}
