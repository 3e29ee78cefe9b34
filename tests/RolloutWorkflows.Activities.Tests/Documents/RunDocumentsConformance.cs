using System.Security.Cryptography;
using System.Text;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>What every store of documents keeps to.</summary>
public abstract class RunDocumentsConformance
{
    protected abstract ValueTask<IRunDocuments> CreateAsync();

    [Fact]
    public async Task Add_SameNameAgain_KeepsBothVersionsWithTheirBytes()
    {
        var documents = await CreateAsync();
        var first = await documents.AddAsync("run-1", New("matrix", [0, 1, 255]));
        var second = await documents.AddAsync("run-1", New("matrix", "good"u8.ToArray()));

        Assert.Equal((1, 2), (first.Version, second.Version));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("good"u8)), second.Digest);
        Assert.Equal(second, await documents.FindAsync("run-1", "matrix"));
        Assert.Equal([first, second], await documents.ListAsync("run-1"));
        Assert.Equal([0, 1, 255], await documents.ReadAsync("run-1", "matrix", 1));
        Assert.Equal("good", Encoding.UTF8.GetString((await documents.ReadAsync("run-1", "matrix", 2))!));
    }

    [Fact]
    public async Task Documents_OfOneRun_AreNoneOfAnother()
    {
        var documents = await CreateAsync();
        await documents.AddAsync("run-1", New("matrix", [1]));

        Assert.Null(await documents.FindAsync("run-2", "matrix"));
        Assert.Empty(await documents.ListAsync("run-2"));
        Assert.Null(await documents.ReadAsync("run-2", "matrix", 1));
        Assert.Null(await documents.ReadAsync("run-1", "matrix", 2));
    }

    [Fact]
    public async Task Add_MoreThanARunMayHave_IsRefusedAndKeepsWhatStands()
    {
        var documents = await CreateAsync();
        for (var version = 0; version < NewDocument.MaximumPerRun; version++) await documents.AddAsync("run-1", New("matrix", [1]));

        await Assert.ThrowsAsync<RunDocumentsFullException>(async () => await documents.AddAsync("run-1", New("other", [1])));
        Assert.Equal(NewDocument.MaximumPerRun, (await documents.ListAsync("run-1")).Count);
        Assert.Equal(1, (await documents.AddAsync("run-2", New("other", [1]))).Version);
    }

    [Fact]
    public async Task Remove_OneVersion_LeavesTheOthers()
    {
        var documents = await CreateAsync();
        await documents.AddAsync("run-1", New("matrix", [1]));
        await documents.AddAsync("run-1", New("matrix", [2]));
        await documents.RemoveAsync("run-1", "matrix", 2);
        await documents.RemoveAsync("run-1", "matrix", 9);

        Assert.Equal(1, (await documents.FindAsync("run-1", "matrix"))!.Version);
        Assert.Null(await documents.ReadAsync("run-1", "matrix", 2));
    }

    private static NewDocument New(string name, byte[] content) => new()
    {
        Name = name,
        Content = content,
        MediaType = "text/plain",
        By = "ada",
        At = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
        PlaybookTime = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
    };
}
