using System.Text.RegularExpressions;

namespace RolloutWorkflows.Host.Tests.Keys;

public sealed partial class KeyFileTests : IDisposable
{
    private static readonly KeyOwner Ada = new("ada", IsService: false);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Add_AKey_IsTwoHundredFiftySixRandomBitsStoredAsHash()
    {
        var minted = File().Add(Ada, KeyRole.Admin);

        Assert.Matches(Form(), minted.Text);
        Assert.NotEqual(minted.Text, File().Add(Ada, KeyRole.Admin).Text);
        var text = System.IO.File.ReadAllText(File().Path);
        Assert.DoesNotContain(minted.Text, text, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(minted.Text))), minted.Stored.Hash);
        Assert.EndsWith(minted.Stored.Ending, minted.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(minted.Text, minted.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_OnUnix_IsForItsOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows guards files by their folder's access list.");
        File().Add(Ada, KeyRole.Admin);

        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File().Path));
    }

    [Fact]
    public void Read_AfterChanges_GivesEveryKeyWithItsState()
    {
        var expiry = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var first = File().Add(Ada, KeyRole.Admin);
        File().Add(new KeyOwner("ci", IsService: true), KeyRole.Reader, expiry);

        File().Revoke(first.Stored.Id);

        Assert.Collection(
            File().Read(),
            key => Assert.Equal(("ada", false, KeyRole.Admin, false), (key.Owner, key.IsService, key.Role, key.IsValidAt(expiry))),
            key => Assert.Equal(("ci", true, KeyRole.Reader, expiry), (key.Owner, key.IsService, key.Role, key.ExpiresAt)));
        Assert.Null(File().Revoke("absent"));
    }

    [Fact]
    public async Task Add_FromManySidesAtOnce_LosesNoKey()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => File().Add(new KeyOwner($"p{number}", IsService: false), KeyRole.Reader))));

        Assert.Equal(20, File().Read().Select(key => key.Owner).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ada")]
    [InlineData("rollout")]
    [InlineData("service:ci")]
    [InlineData("a\nb")]
    public void Add_NameThatCannotOwn_IsRefused(string name) =>
        Assert.Contains("cannot own a key", Assert.Throws<HostConfigurationException>(() => File().Add(new KeyOwner(name, IsService: false), KeyRole.Reader)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ oops")]
    [InlineData("null")]
    [InlineData("""{ "version": 2, "keys": [] }""")]
    [InlineData("""{ "version": 1, "keys": [ { "id": "a", "owner": "ada", "role": "admin", "hash": "abc", "ending": "x", "createdAt": "2026-01-01T00:00:00Z" } ] }""")]
    public void Read_BrokenFile_SaysSo(string text)
    {
        folder.Write("keys.json", text);

        Assert.Contains("keys.json: cannot be used", Assert.Throws<HostConfigurationException>(() => File().Read()).Message, StringComparison.Ordinal);
        Assert.Throws<HostConfigurationException>(() => File().Add(Ada, KeyRole.Admin));
        Assert.Equal(text, System.IO.File.ReadAllText(File().Path));
    }

    public void Dispose() => folder.Dispose();

    private KeyFile File() => new(Path.Combine(folder.Path, "keys.json"), TimeProvider.System);

    [GeneratedRegex("^rwk_[A-Za-z0-9_-]{43}$")]
    private static partial Regex Form();
}
