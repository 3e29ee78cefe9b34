using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Whatever is done to exported evidence is found and named, or is said to be unknowable.</summary>
public sealed class EvidenceVerificationTests
{
    private const string Second = "0002-promotion-ten-percent";

    private const string Third = "0003-promotion-all";

    private static readonly Dictionary<string, Action<EvidenceFolderOnPaper>> Ways = new()
    {
        ["a value"] = folder => folder.Edit($"{Second}.json", "ten-percent promoted", "ten-percent approved"),
        ["white space"] = folder => folder.Edit($"{Second}.json", "\"number\":2", "\"number\": 2"),
        ["the last document"] = folder => folder.Edit("0004-end.json", "the run promoted", "the run was fine"),
        ["the Markdown"] = folder => folder.Edit($"{Second}.md", "ten-percent promoted", "ten-percent approved"),
        ["the record"] = folder => folder.Edit($"{Second}.record.jsonl", "line 3", "line 33"),
        ["the list"] = folder => folder.Edit(EvidenceFiles.ChainName, folder.Documents[3].Sha256, folder.Documents[2].Sha256),
        ["the middle taken away"] = folder => folder.Remove(Second),
        ["the first taken away"] = folder => folder.Remove("0001"),
        ["the end taken away"] = folder => folder.Remove("0004"),
        ["the record taken away"] = folder => folder.Remove($"{Second}.record"),
        ["two swapped"] = Swap,
        ["one twice"] = folder => Copy(folder, Second, "0002-promotion-other"),
        ["one added at the end"] = folder => Copy(folder, "0004-end", "0005-end", ("\"number\":4", "\"number\":5")),
        ["no JSON"] = folder => folder.Put($"{Second}.json", "not JSON"u8.ToArray()),
        ["another run's"] = folder => folder.Edit($"{Second}.json", "\"id\":\"run-1\"", "\"id\":\"run-2\""),
    };

    [Fact]
    public void Evidence_Untouched_IsIntact()
    {
        var verdict = new EvidenceFolderOnPaper().Verify();
        Assert.Empty(verdict.Problems);
        Assert.Equal(4, verdict.Documents);
    }

    [Theory]
    [InlineData("a value", 2, "edited")]
    [InlineData("white space", 2, "edited")]
    [InlineData("the last document", 4, "edited")]
    [InlineData("the Markdown", 2, "edited")]
    [InlineData("the record", 2, "edited")]
    [InlineData("the list", 4, "edited")]
    [InlineData("the middle taken away", 2, "missing")]
    [InlineData("the first taken away", 1, "missing")]
    [InlineData("the end taken away", 4, "truncated")]
    [InlineData("the record taken away", 2, "missing")]
    [InlineData("two swapped", 2, "reordered")]
    [InlineData("one twice", 2, "inserted")]
    [InlineData("one added at the end", 5, "inserted")]
    [InlineData("no JSON", 2, "unreadable")]
    public void Evidence_TamperedWith_IsBrokenAtThatDocument(string what, int number, string kind)
    {
        var folder = new EvidenceFolderOnPaper();
        Ways[what](folder);
        var verdict = folder.Verify();
        Assert.False(verdict.Intact);
        var first = verdict.Problems[0];
        Assert.Equal((number, kind), (first.Number, first.Kind));
    }

    [Fact]
    public void Evidence_WithADocumentOfAnotherRun_IsBroken()
    {
        var folder = new EvidenceFolderOnPaper();
        Ways["another run's"](folder);
        var verdicts = new EvidenceVerification { Files = folder.Files, Whole = true }.Verify();
        Assert.All(verdicts, verdict => Assert.False(verdict.Intact));
    }

    [Fact]
    public void Evidence_CutAtItsEndWithItsList_IsNotKnownToBeWhole()
    {
        var folder = new EvidenceFolderOnPaper();
        folder.Remove("0004");
        folder.Remove(EvidenceFiles.ChainName);
        var verdict = folder.Verify();
        Assert.True(verdict.Intact);
        Assert.Contains(verdict.Notes, note => note.Contains("whether more followed cannot be known", StringComparison.Ordinal));
    }

    [Fact]
    public void Evidence_CutAtItsEnd_IsFoundByAHeadThatWasKeptElsewhere()
    {
        var folder = new EvidenceFolderOnPaper();
        folder.Remove("0004");
        folder.Remove(EvidenceFiles.ChainName);
        Assert.Equal("truncated", folder.Verify(head: folder.Documents[3].Sha256).Problems[0].Kind);
    }

    /// <summary>Said plainly in the docs: who may write everything may write everything anew.</summary>
    [Fact]
    public void Evidence_WrittenAnewAsAWhole_IsFoundByHeadOrSignatureAlone()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var honest = new EvidenceFolderOnPaper(key);
        var forged = new EvidenceFolderOnPaper(theirs, cause: "approved by all");
        Assert.True(forged.Verify().Intact);
        Assert.False(forged.Verify(head: honest.Documents[3].Sha256).Intact);
        Assert.Equal("signature", forged.Verify(publicKey: key.ExportSubjectPublicKeyInfoPem()).Problems[0].Kind);
    }

    [Fact]
    public void Evidence_SignedByTheKey_IsIntact()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var verdict = new EvidenceFolderOnPaper(key).Verify(publicKey: key.ExportSubjectPublicKeyInfoPem());
        Assert.Empty(verdict.Problems);
        Assert.Empty(verdict.Notes);
        Assert.Equal(5, verdict.Signed);
    }

    [Fact]
    public void Evidence_WithoutASignature_IsBrokenWhereOneIsAskedFor()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var folder = new EvidenceFolderOnPaper(key);
        folder.Remove($"{Third}.json.sig");
        var first = folder.Verify(publicKey: key.ExportSubjectPublicKeyInfoPem()).Problems[0];
        Assert.Equal((3, "signature"), (first.Number, first.Kind));
    }

    [Fact]
    public void Document_Alone_IsCheckedAsFarAsItGoes()
    {
        var folder = new EvidenceFolderOnPaper();
        var alone = new EvidenceVerification { Files = new Dictionary<string, byte[]> { ["x/y.json"] = Encoding.UTF8.GetBytes(folder.Text($"{Third}.json")) } };
        var verdict = Assert.Single(alone.Verify());
        Assert.True(verdict.Intact);
        Assert.Contains("It begins with document 3: what was before it was not looked at.", verdict.Notes);
    }

    private static void Swap(EvidenceFolderOnPaper folder)
    {
        var (second, third) = (folder.Text($"{Second}.json"), folder.Text($"{Third}.json"));
        folder.Put($"{Second}.json", Encoding.UTF8.GetBytes(third));
        folder.Put($"{Third}.json", Encoding.UTF8.GetBytes(second));
    }

    private static void Copy(EvidenceFolderOnPaper folder, string from, string to, params (string From, string To)[] edits)
    {
        foreach (var suffix in new[] { ".json", ".md", ".record.jsonl" })
            folder.Put($"{to}{suffix}", Encoding.UTF8.GetBytes(edits.Aggregate(folder.Text($"{from}{suffix}"), (text, edit) => text.Replace(edit.From, edit.To, StringComparison.Ordinal))));
    }
}
