using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CloakMarketplace;
using Microsoft.AspNetCore.Builder;

namespace RolloutWorkflows.ShippedPlaybooks.Tests.Cloak;

/// <summary>The marketplace itself, without a run.</summary>
public sealed class CloakMarketTests : IAsyncLifetime, IAudience
{
    private const string AllOn = "CLOAK_MARKETPLACE_ENABLED=true\nCLOAK_MARKETPLACE_WEB_ENABLED=true\n";

    private readonly VirtualClock clock = new();
    private readonly string file = Path.GetTempFileName();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication market = null!;

    ValueTask<Admission> IAudience.OfAsync(string surface, CancellationToken cancellation) => ValueTask.FromResult(new Admission(Everybody: false, ["0xada"]));

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(file, AllOn);
        market = MarketApp.Build(new MarketOptions { Urls = "http://127.0.0.1:0", EnvironmentFile = file, Limit = 5 }, clock, this);
        await market.StartAsync();
        http.BaseAddress = new Uri(market.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await market.DisposeAsync();
        File.Delete(file);
    }

    [Fact]
    public async Task Run_Unpaid_IsChallenged_AndPaidIsCarriedOutOnceHoweverOftenItIsRepeated()
    {
        var (status, challenge) = await RunAsync("summarizer", key: "k1");
        Assert.Equal(HttpStatusCode.PaymentRequired, status);
        var price = long.Parse(challenge.GetProperty("accepts")[0].GetProperty("maxAmountRequired").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

        var payment = Payments.Sign("0xada", price, "n1");
        var (_, first) = await RunAsync("summarizer", key: "k1", payment);
        var (_, again) = await RunAsync("summarizer", key: "k1", payment);
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(1, (await http.GetFromJsonAsync<JsonElement>("v1/runs?key=k1", TestContext.Current.CancellationToken)).GetProperty("total").GetInt32());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RunAsync("translator", key: "k1", payment)).Status);

        var evidence = await http.GetFromJsonAsync<JsonElement>(first.GetProperty("evidence").GetString(), TestContext.Current.CancellationToken);
        Assert.Equal((price, price, first.GetProperty("transaction").GetString()), (evidence.GetProperty("paid").GetInt64(), evidence.GetProperty("paidByEvidence").GetInt64(), evidence.GetProperty("transaction").GetString()));
    }

    [Theory]
    [InlineData("0xada", 20_000, "n1", "the payment was used before")]
    [InlineData("0xada", 19_999, "n2", "the payment is less than the price")]
    public async Task Payment_ThatIsNotWorthThePrice_BuysNothing(string from, long value, string nonce, string problem)
    {
        Assert.Equal(HttpStatusCode.OK, (await RunAsync("summarizer", key: null, Payments.Sign("0xada", 20_000, "n1"))).Status);

        var (status, answer) = await RunAsync("summarizer", key: null, Payments.Sign(from, value, nonce));

        Assert.Equal((HttpStatusCode.PaymentRequired, problem), (status, answer.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData("0xada", "mobile", "the marketplace is not open on mobile")]
    [InlineData("0xbob", "web", "0xbob is not in the beta on web")]
    public async Task Surface_ThatIsNotOpenOrNotForThisWallet_AnswersWhy(string wallet, string surface, string problem)
    {
        var (status, answer) = await RunAsync("probe", key: null, wallet: wallet, surface: surface);

        Assert.Equal((HttpStatusCode.Forbidden, problem), (status, answer.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Backend_SwitchedOff_AnswersNobody()
    {
        await File.WriteAllTextAsync(file, AllOn.Replace("CLOAK_MARKETPLACE_ENABLED=true", "CLOAK_MARKETPLACE_ENABLED=false", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await RunAsync("probe", key: null)).Status);
    }

    [Fact]
    public async Task Fault_PutAndDeletedWhileItRuns_BreaksTheWayOfAPaymentMeanwhile()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "x402/health"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Put, "faults/settlement-failures"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(HttpMethod.Get, "x402/health"));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(HttpMethod.Delete, "faults/settlement-failures"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "x402/health"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(HttpMethod.Put, "faults/rain"));
    }

    [Fact]
    public async Task Burst_BeyondTheLimit_IsToldToWaitAndLetInAMinuteLater()
    {
        for (var request = 0; request < 5; request++) Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "v1/agents"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(HttpMethod.Get, "v1/agents"));

        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(HttpMethod.Get, "v1/agents"));
    }

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> RunAsync(string agent, string? key, string? payment = null, string wallet = "0xada", string surface = "web")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("v1/runs", UriKind.Relative)) { Content = JsonContent.Create(new { agent }) };
        request.Headers.Add("X-Wallet", wallet);
        request.Headers.Add("X-Surface", surface);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (payment is not null) request.Headers.Add("X-PAYMENT", payment);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    private sealed class VirtualClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
