namespace RolloutWorkflows.Activities.Tests;

public sealed class SecretsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rollout-secrets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Read_EnvironmentVariable_IsLookedUpAtUse()
    {
        var value = "first";
        var secrets = Of(new SecretLocation { Name = "key", Environment = "KEY" }, name => name == "KEY" ? value : null);

        Assert.Equal("first", await secrets.ReadAsync("key", Token));
        value = "second";
        Assert.Equal("second", await secrets.ReadAsync("key", Token));
    }

    [Fact]
    public async Task Read_File_IsReadAtUseWithoutItsLastLineBreak()
    {
        var path = Write("first\r\n");
        var secrets = Of(new SecretLocation { Name = "key", File = path });

        Assert.Equal("first", await secrets.ReadAsync("key", Token));
        await File.WriteAllTextAsync(path, "rotated\n", Token);
        Assert.Equal("rotated", await secrets.ReadAsync("key", Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("s3cret\nX-Injected: 1")]
    public async Task Read_FileWithoutOneLine_IsRefusedWithoutShowingIt(string content)
    {
        var secrets = Of(new SecretLocation { Name = "key", File = Write(content) });

        var refused = await Assert.ThrowsAsync<SecretException>(async () => await secrets.ReadAsync("key", Token));

        Assert.StartsWith("the secret 'key' cannot be used: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NothingThere_SaysWhatIsMissing()
    {
        var secrets = Of(new SecretLocation { Name = "key", Environment = "KEY" }, _ => null);

        Assert.Equal("the secret 'key' cannot be used: the setting KEY is missing", (await Assert.ThrowsAsync<SecretException>(async () => await secrets.ReadAsync("key", Token))).Message);
        Assert.Equal("the host's configuration names no secret 'kee'; known: key", (await Assert.ThrowsAsync<SecretException>(async () => await secrets.ReadAsync("kee", Token))).Message);
        var gone = Path.Combine(_folder, "gone");
        Assert.Equal($"the secret 'file' cannot be used: there is no file {gone}", (await Assert.ThrowsAsync<SecretException>(async () => await secrets.ReadAsync(new SecretLocation { Name = "file", File = gone }, Token))).Message);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Secrets Of(SecretLocation location, Func<string, string?>? environment = null) =>
        new(new SecretOptions { Secrets = new Dictionary<string, SecretLocation> { [location.Name] = location }, Environment = environment ?? (_ => null) });

    private string Write(string content)
    {
        var path = Path.Combine(_folder, "secret");
        File.WriteAllText(path, content);
        return path;
    }
}
