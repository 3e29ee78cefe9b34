using System.Text;
using Microsoft.Extensions.Primitives;

namespace RolloutWorkflows.Host.Tests.Slack;

public sealed class SlackSignatureTests
{
    /// <summary>The example of Slack's own page: https://docs.slack.dev/authentication/verifying-requests-from-slack/.</summary>
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private const string Timestamp = "1531420618";
    private const string Signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private static readonly DateTimeOffset Sent = DateTimeOffset.FromUnixTimeSeconds(1531420618);

    [Fact]
    public void Sign_SlacksOwnExample_GivesSlacksOwnSignature() =>
        Assert.Equal(Signature, SlackSignature.Sign(Timestamp, Encoding.UTF8.GetBytes(Body), Secret));

    [Fact]
    public void Refusal_SlacksOwnExample_IsNone()
    {
        Assert.Null(Refusal(Timestamp, Signature, Body, Secret, Sent, out var sentAt));
        Assert.Equal(Sent, sentAt);
    }

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    [InlineData(86400, false)]
    public void Refusal_OfATimeFiveMinutesOffEitherWay_IsTheLimit(int secondsLater, bool believed)
    {
        var refusal = Refusal(Timestamp, Signature, Body, Secret, Sent.AddSeconds(secondsLater), out _);

        if (believed) Assert.Null(refusal);
        else Assert.Contains("clock", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1531420618", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b504")]
    [InlineData("1531420618", "v0=A2114D57B48EAC39B9AD189DD8316235A7B4A8D21A10BD27519666489C69B503")]
    [InlineData("1531420618", "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("1531420618", "a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")]
    [InlineData("1531420618", "v0=")]
    [InlineData("1531420618", "v0=é")]
    [InlineData("1531420618", "")]
    [InlineData("01531420618", Signature)]
    [InlineData("1531420618 ", Signature)]
    [InlineData("+1531420618", Signature)]
    [InlineData("1531420619", Signature)]
    [InlineData("-1", Signature)]
    [InlineData("NaN", Signature)]
    [InlineData("99999999999999999999", Signature)]
    [InlineData("", Signature)]
    public void Refusal_OfOddHeaders_IsASentence(string timestamp, string signature) =>
        Assert.NotNull(Refusal(timestamp, signature, Body, Secret, Sent, out _));

    [Fact]
    public void Refusal_OfMissingOrRepeatedHeaders_SaysHowMany()
    {
        Assert.Contains("0 headers X-Slack-Request-Timestamp", Refusal(default, Signature, Body, Secret, Sent, out _), StringComparison.Ordinal);
        Assert.Contains("0 headers X-Slack-Signature", Refusal(Timestamp, default, Body, Secret, Sent, out _), StringComparison.Ordinal);
        Assert.Contains("2 headers", Refusal(Timestamp, new StringValues([Signature, Signature]), Body, Secret, Sent, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_OfAnotherBodyOrSecret_HoldsNeitherContentNorSecret()
    {
        var body = Refusal(Timestamp, Signature, Body + "&text=more", Secret, Sent, out _);
        var secret = Refusal(Timestamp, Signature, Body, "another-secret", Sent, out _);

        Assert.Equal(body, secret);
        Assert.DoesNotContain("roadrunner", body, StringComparison.Ordinal);
        Assert.DoesNotContain("another-secret", secret, StringComparison.Ordinal);
        Assert.DoesNotContain(Signature[3..], secret, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_OfATimeThatNoClockSays_IsASentence()
    {
        const string last = "99999999999";

        Assert.Contains("clock", Refusal(last, SlackSignature.Sign(last, Encoding.UTF8.GetBytes(Body), Secret), Body, Secret, Sent, out _), StringComparison.Ordinal);
    }

    private static string? Refusal(StringValues timestamp, StringValues signature, string body, string secret, DateTimeOffset now, out DateTimeOffset sentAt) =>
        SlackSignature.Refusal(timestamp, signature, Encoding.UTF8.GetBytes(body), secret, now, out sentAt);
}
