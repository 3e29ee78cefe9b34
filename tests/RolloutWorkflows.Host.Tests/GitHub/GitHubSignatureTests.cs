using System.Text;
using Microsoft.Extensions.Primitives;

namespace RolloutWorkflows.Host.Tests.GitHub;

/// <summary>The signature of webhooks. The known answer is the one by which GitHub's documentation ("Validating webhook deliveries", testing the webhook payload validation) lets anybody check an implementation.</summary>
public sealed class GitHubSignatureTests
{
    private const string Secret = "It's a Secret to Everybody";

    private const string KnownAnswer = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("Hello, World!");

    [Fact]
    public void Sign_GitHubsOwnExample_IsItsPublishedAnswer() => Assert.Equal(KnownAnswer, GitHubSignature.Sign(Body, Secret));

    [Fact]
    public void Refusal_OfWhatGitHubSigned_IsNone() => Assert.Null(GitHubSignature.Refusal(KnownAnswer, Body, Secret));

    [Theory]
    [InlineData("the new one\nIt's a Secret to Everybody")]
    [InlineData("It's a Secret to Everybody\r\nthe old one\r\n")]
    public void Refusal_WhileTheSecretIsReplaced_IsNoneForEither(string secrets) => Assert.Null(GitHubSignature.Refusal(KnownAnswer, Body, secrets));

    [Theory]
    [InlineData("another secret")]
    [InlineData("It's a Secret to Everybod")]
    [InlineData("")]
    [InlineData("\n")]
    public void Refusal_WithAnotherSecret_SaysThatItDoesNotMatch(string secrets) =>
        Assert.Contains("does not match", GitHubSignature.Refusal(KnownAnswer, Body, secrets), StringComparison.Ordinal);

    [Theory]
    [InlineData("sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59")]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")]
    [InlineData("")]
    public void Refusal_OfAnotherScheme_NamesTheRightOne(string signature) =>
        Assert.Contains("does not begin with sha256=", GitHubSignature.Refusal(signature, Body, Secret), StringComparison.Ordinal);

    [Theory]
    [InlineData("sha256=")]
    [InlineData("sha256=757107ea")]
    [InlineData("sha256=757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17")]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18")]
    public void Refusal_OfAnotherSignature_SaysThatItDoesNotMatch(string signature) =>
        Assert.Contains("does not match", GitHubSignature.Refusal(signature, Body, Secret), StringComparison.Ordinal);

    [Fact]
    public void Refusal_OfAnotherBody_SaysThatItDoesNotMatch() =>
        Assert.Contains("does not match", GitHubSignature.Refusal(KnownAnswer, "Hello, World?"u8, Secret), StringComparison.Ordinal);

    [Fact]
    public void Refusal_WithoutOrWithSeveralSignatures_SaysHowMany()
    {
        Assert.Contains("0 headers", GitHubSignature.Refusal(StringValues.Empty, Body, Secret), StringComparison.Ordinal);
        Assert.Contains("2 headers", GitHubSignature.Refusal(new StringValues([KnownAnswer, KnownAnswer]), Body, Secret), StringComparison.Ordinal);
    }
}
