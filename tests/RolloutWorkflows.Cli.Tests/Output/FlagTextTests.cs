using RolloutWorkflows.Activities;

namespace RolloutWorkflows.Cli.Tests.Output;

/// <summary><c>rollout flags explain</c>: the decision, and switch, canary, percentage and bucket behind it.</summary>
public sealed class FlagTextTests
{
    private static readonly FlagState Flag = new() { Name = "bar", Kind = FlagKind.Percentage, Enabled = true, Percent = 10, Canary = FlagCanary.Of(true, ["ada"]), Version = 3, UpdatedBy = "ada", UpdatedAt = default };

    [Fact]
    public void Explain_UserOnTheAllowlist_NamesEveryRuleThatWasAsked()
    {
        var bucket = FlagEvaluator.Explain(Flag, "ada").Bucket;

        var text = TextOf(FlagEvaluator.Explain(Flag, "ada"));

        Assert.Equal(
            [
                "bar is on for ada: The user is on the canary's allowlist.",
                "  switch: on",
                "  canary: on, the user is on its allowlist",
                "  percentage: 10 %",
                FormattableString.Invariant($"  bucket: {bucket} of 100000, the same for this user at every percentage; within from {(bucket + 1) / 1000d:0.###} % on"),
                "  version of the flag: 3",
            ], text);
    }

    [Fact]
    public void Explain_FlagTurnedOff_SaysThatTheSwitchDecides()
    {
        var text = TextOf(FlagEvaluator.Explain(Flag with { Enabled = false }, "bob"));

        Assert.Equal(["bar is off for bob: The flag is off for everybody.", "  switch: off for everybody", "  canary: on, the user is not on its allowlist"], text.Take(3));
    }

    private static string[] TextOf(FlagExplanation explanation)
    {
        using var output = new StringWriter();
        FlagText.Write(new Terminal { Out = output, Err = TextWriter.Null, In = TextReader.Null, Interactive = false, CanAsk = false, Environment = _ => null }, explanation);
        return output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
