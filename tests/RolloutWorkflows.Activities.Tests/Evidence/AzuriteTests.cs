using System.Text;
using System.Text.Json;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Evidence in an Azure container, against Microsoft's own emulator.</summary>
public sealed class AzuriteTests
{
    private static readonly EvidenceFile Document = new("0001-promotion-canary.json", Encoding.UTF8.GetBytes("""{"number":1}"""), "application/json");

    [Fact]
    public async Task Document_OfAWholeRun_StandsThereByteForByteAsABlockBlob()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var blobs = Blobs(await azurite.ContainerAsync("evidence"));
        var paper = new EvidenceFolderOnPaper();
        foreach (var (path, content) in paper.Files) Assert.Null(await blobs.WriteAsync(EvidenceFolderOnPaper.Run, new EvidenceFile(Path.GetFileName(path), content, "application/json"), default));

        var read = new Dictionary<string, byte[]>();
        foreach (var path in paper.Files.Keys)
        {
            var blob = (await azurite.ReadAsync("evidence", path.Replace('\\', '/')))!.Value;
            Assert.Equal(("BlockBlob", "application/json"), (blob.BlobType, blob.ContentType));
            read[path] = blob.Content;
        }

        Assert.True(Assert.Single(new EvidenceVerification { Files = read, Whole = true }.Verify()).Intact);
    }

    [Theory]
    [InlineData("cw")]
    [InlineData("rcw")]
    public async Task Document_WrittenAgain_StandsOnce(string permissions)
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var blobs = Blobs(await azurite.ContainerAsync("evidence", permissions));
        Assert.Null(await blobs.WriteAsync("run-1", Document, default));
        Assert.Null(await blobs.WriteAsync("run-1", Document, default));
    }

    [Fact]
    public async Task Document_OfOtherContent_IsNotOverwrittenAndSaysSo()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var blobs = Blobs(await azurite.ContainerAsync("evidence", "rcw"));
        Assert.Null(await blobs.WriteAsync("run-1", Document, default));
        var problem = await blobs.WriteAsync("run-1", Document with { Content = "other"u8.ToArray() }, default);
        Assert.Equal("run-1/0001-promotion-canary.json stands in the container evidence already with other content; evidence is never overwritten", problem);
        Assert.Equal(Document.Content, (await azurite.ReadAsync("evidence", "run-1/0001-promotion-canary.json"))!.Value.Content);
    }

    [Fact]
    public async Task List_WrittenAnew_IsReplaced()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var blobs = Blobs(await azurite.ContainerAsync("evidence"));
        var list = new EvidenceFile(EvidenceFiles.ChainName, "one"u8.ToArray(), "application/json", Changes: true);
        Assert.Null(await blobs.WriteAsync("run-1", list, default));
        Assert.Null(await blobs.WriteAsync("run-1", list with { Content = "two"u8.ToArray() }, default));
        Assert.Equal("two"u8.ToArray(), (await azurite.ReadAsync("evidence", "run-1/chain.json"))!.Value.Content);
    }

    [Fact]
    public async Task Container_ThatIsNotThere_IsSaidAndFoundByTheDoctor()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var url = azurite.UrlOf("nowhere", "rcw");
        var problem = await Blobs(url).WriteAsync("run-1", Document, default);
        Assert.Contains("Azure answered 404 ContainerNotFound; there is no such container", problem, StringComparison.Ordinal);
        var found = await Blobs(url).ExamineAsync(default);
        Assert.Equal(false, found.Works);
        NoSecret(url, problem!, found.Message);
    }

    [Theory]
    [InlineData("r", false)]
    [InlineData("cw", null)]
    [InlineData("rcw", true)]
    public async Task Doctor_OfASasUrl_SaysWhetherItWillDo(string permissions, bool? works)
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var url = await azurite.ContainerAsync("evidence", permissions);
        var found = await Blobs(url).ExamineAsync(default);
        Assert.Equal((works, found.Message), (found.Works, found.Message));
        NoSecret(url, found.Message);
    }

    [Fact]
    public async Task SasUrl_ThatPermitsTooLittleOrWasChanged_IsSaidWithWhatToDoAndWithoutTheToken()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var reading = await azurite.ContainerAsync("evidence", "r");
        var forged = reading.Replace("sp=r", "sp=rcw", StringComparison.Ordinal);
        foreach (var url in new[] { reading, forged })
        {
            var problem = await Blobs(url).WriteAsync("run-1", Document, default);
            Assert.Contains("Azure answered 403", problem, StringComparison.Ordinal);
            Assert.Contains("make a SAS URL of this container that permits create and write", problem, StringComparison.Ordinal);
            NoSecret(url, problem!);
        }

        Assert.Equal(false, (await Blobs(forged).ExamineAsync(default)).Works);
    }

    /// <summary>The run ended long ago; the container comes back after hours, and everything stands there once.</summary>
    [Fact]
    public async Task Export_WhileAzureIsAway_WaitsAndThenStandsThereWhole()
    {
        await using var azurite = await AzuriteServer.StartAsync();
        var url = azurite.UrlOf("evidence", "rcw");
        var paper = new EvidenceFolderOnPaper();
        var exports = Exports(url, paper);
        var messages = paper.Documents.Select(document => EvidenceExports.MessageOf(document, "azureBlob")).ToList();
        var away = await exports.DeliverAsync("azureBlob", messages[0], default);
        Assert.Equal(DeliveryOutcome.Later, away.Outcome);
        NoSecret(url, away.Problem!, JsonSerializer.Serialize(messages));

        await azurite.ContainerAsync("evidence");
        foreach (var message in messages.Concat(messages)) Assert.Equal(DeliveryOutcome.Delivered, (await exports.DeliverAsync("azureBlob", message, default)).Outcome);
        foreach (var (path, content) in paper.Files) Assert.Equal(content, (await azurite.ReadAsync("evidence", path.Replace('\\', '/')))!.Value.Content);
    }

    internal static AzureBlobs Blobs(string url) => new(
        new EvidenceOptions { AzureSasUrl = "container" }, Secrets(url), OperatorHttp.Create(), TimeProvider.System);

    internal static void NoSecret(string url, params string[] texts)
    {
        var signature = url[(url.IndexOf("sig=", StringComparison.Ordinal) + 4)..];
        foreach (var text in texts)
        {
            Assert.DoesNotContain(signature, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Uri.UnescapeDataString(signature), text, StringComparison.Ordinal);
        }
    }

    private static Secrets Secrets(string url) => new(new SecretOptions
    {
        Secrets = new Dictionary<string, SecretLocation> { ["container"] = new() { Name = "container", Environment = "SAS" } },
        Environment = _ => url,
    });

    private static EvidenceExports Exports(string url, EvidenceFolderOnPaper paper)
    {
        var store = new InMemoryEvidenceStore();
        foreach (var document in paper.Documents) Assert.True(store.AddAsync(document).AsTask().Result);
        return new EvidenceExports(store, [Blobs(url)], new EvidenceSigner(new EvidenceOptions(), Secrets(url)));
    }
}
