namespace RolloutWorkflows.Activities.Tests;

public sealed class PlaybookFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("files-").FullName;
    private readonly PlaybookFiles _files;

    public PlaybookFilesTests()
    {
        _files = new PlaybookFiles(new PlaybookFileOptions { Root = _root });
        Directory.CreateDirectory(Path.Combine(_root, "nodes"));
        File.WriteAllText(Path.Combine(_root, "nodes", "n1.toml"), "a = 1\n");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData("../outside", "'../outside' is no path of a file: expected one inside the host's folder, such as web.env or web/production.env, without '..'")]
    [InlineData("/etc/hosts", "'/etc/hosts' is no path of a file: expected one inside the host's folder, such as web.env or web/production.env, without '..'")]
    [InlineData("link/n1.toml", "file link/n1.toml: 'link' is a symbolic link, and links are not followed")]
    public async Task Read_OutsideTheFolder_IsRefused(string file, string message)
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), Path.Combine(_root, "nodes"));

        Assert.Equal(message, (await Assert.ThrowsAsync<PlaybookFileException>(() => _files.ReadTextAsync(file, Cancellation))).Message);
        Assert.Equal(message, Assert.Throws<PlaybookFileException>(() => _files.OpenRead(file)).Message);
        Assert.Equal(message, Assert.Throws<PlaybookFileException>(() => _files.PathOfFolder(file)).Message);
    }

    [Fact]
    public async Task Read_TooLongOrNoText_IsRefused()
    {
        await File.WriteAllBytesAsync(Path.Combine(_root, "long"), new byte[PlaybookFiles.MaximumBytes + 1], Cancellation);
        await File.WriteAllBytesAsync(Path.Combine(_root, "binary"), [0xff, 0xfe, 0x00], Cancellation);

        Assert.Equal("file long is longer than 1024 KiB", (await Assert.ThrowsAsync<PlaybookFileException>(() => _files.ReadTextAsync("long", Cancellation))).Message);
        Assert.Equal("file binary is not UTF-8 text", (await Assert.ThrowsAsync<PlaybookFileException>(() => _files.ReadTextAsync("binary", Cancellation))).Message);
        await using var whole = _files.OpenRead("long");
        Assert.Equal(PlaybookFiles.MaximumBytes + 1, whole.Length);
    }

    [Fact]
    public async Task Change_SomebodyWritesAtTheSameMoment_LeavesTheirs()
    {
        var path = Path.Combine(_root, "nodes", "n1.toml");

        var refusal = await Assert.ThrowsAsync<PlaybookFileException>(() => _files.ChangeTextAsync(
            "nodes/n1.toml",
            async text =>
            {
                await File.WriteAllTextAsync(path, "a = 3\n", Cancellation);
                return text.Replace('1', '2');
            },
            Cancellation));

        Assert.Equal("file nodes/n1.toml: somebody else wrote it at the same moment, so it was left alone", refusal.Message);
        Assert.Equal("a = 3\n", await File.ReadAllTextAsync(path, Cancellation));
        Assert.Equal([path], Directory.EnumerateFiles(Path.Combine(_root, "nodes")));
    }

    [Fact]
    public async Task Read_WithoutAGrant_IsRefusedThoughTheFileIsThere()
    {
        var granted = new GrantedFiles(_files, new Grants(new Dictionary<string, PlaybookGrant> { ["rpp-*"] = new() { Files = ["nodes/*"] } }));

        Assert.Equal("a = 1\n", await granted.ReadTextAsync("rpp-chain", "nodes/n1.toml", Cancellation));
        Assert.Equal(
            "file 'nodes/n1.toml' is not granted to playbook web4; where it should be, add \"files\": [\"nodes/n1.toml\"] under extensions.rollout.grants.\"web4\" in host.json",
            (await Assert.ThrowsAsync<PlaybookFileException>(() => granted.ReadTextAsync("web4", "nodes/n1.toml", Cancellation))).Message);
        Assert.Throws<PlaybookFileException>(() => granted.OpenRead("web4", "nodes/n1.toml"));
    }
}
