namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>Which boxes people ticked, however they treated the body; and that only the block's boxes count.</summary>
public sealed class IssueBodyTests
{
    private const string Run = "run-1";

    private static readonly IssueBox Documented = IssueBox.OfQuestion("preparation", "documented");

    private static readonly IssueBox Percentage = IssueBox.OfStep("canary", "steps", "percentage");

    private static readonly IssueBox Canary = IssueBox.OfStage("canary");

    [Fact]
    public void Parse_OfABlock_TellsEachBoxByItsKey()
    {
        var boxes = IssueBody.Parse(Run, "Before.\n" + Block(Line(Documented, ticked: true), "Text.", Line(Percentage), "  " + Line(Canary)) + "\nAfter.");

        Assert.Equal(3, boxes.Count);
        Assert.True(boxes[Documented]);
        Assert.False(boxes[Percentage]);
        Assert.False(boxes[Canary]);
        Assert.True(Documented.IsForPeople);
        Assert.False(Percentage.IsForPeople);
        Assert.False(Canary.IsForPeople);
    }

    [Theory]
    [InlineData("retry of canary")]
    [InlineData("a--b---c-")]
    [InlineData("x --> <!-- rollout:end run-1 -->")]
    [InlineData("50%/2 é 🎯")]
    public void Box_WithAnyName_IsReadBackAndEndsNoCommentEarly(string name)
    {
        var box = IssueBox.OfQuestion("stage", name);

        Assert.Equal((box, true), IssueBox.Read(Line(box, ticked: true)));
        Assert.DoesNotContain("--", box.Tag["<!--".Length..^"-->".Length]);
    }

    [Fact]
    public void Parse_OfBoxesOutsideTheBlock_IgnoresThem()
    {
        var body = Line(Percentage, ticked: true) + "\n" + Block(Line(Documented)) + "\n" + Line(Documented, ticked: true);

        Assert.Equal([new(Documented, false)], IssueBody.Parse(Run, body));
    }

    [Fact]
    public void Parse_OfAnotherRunsBlock_IgnoresIt() =>
        Assert.Empty(IssueBody.Parse("run-2", Block(Line(Documented))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Just text, - [x] no box")]
    public void Parse_OfABodyWithoutBlock_IsEmpty(string? body) => Assert.Empty(IssueBody.Parse(Run, body));

    [Fact]
    public void Differences_AfterATick_NameTheBoxOnce()
    {
        var from = Block(Line(Documented), Line(Percentage));
        var to = Block(Line(Documented, ticked: true), Line(Percentage));

        Assert.Equal([new IssueTick(Documented, true)], IssueBody.Differences(Run, from, to));
        Assert.Equal([new IssueTick(Documented, false)], IssueBody.Differences(Run, to, from));
        Assert.Empty(IssueBody.Differences(Run, to, to));
    }

    [Fact]
    public void Differences_WhereTheBlockWasMovedAndItsLinesEndOtherwise_AreTheTicksAlone()
    {
        var from = "Intro\n\n" + Block(Line(Documented), Line(Percentage, ticked: true)) + "\n\nNotes";
        var to = "Notes\r\n\r\n" + Block(Line(Percentage, ticked: true), Line(Documented, ticked: true)).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\nIntro";

        Assert.Equal([new IssueTick(Documented, true)], IssueBody.Differences(Run, from, to));
    }

    [Fact]
    public void Differences_WhereTheBlockWasCopied_SeeTheTickInEitherCopy()
    {
        var block = Block(Line(Documented));
        var to = block + "\n\n" + Block(Line(Documented, ticked: true));

        Assert.Equal([new IssueTick(Documented, true)], IssueBody.Differences(Run, block, to));
    }

    [Fact]
    public void Differences_OfBoxesThatOnlyOneBodyShows_AreNone()
    {
        var from = Block(Line(Documented));

        Assert.Empty(IssueBody.Differences(Run, from, Block(Line(Documented), Line(Percentage, ticked: true))));
        Assert.Empty(IssueBody.Differences(Run, from, "deleted"));
        Assert.Empty(IssueBody.Differences(Run, null, from));
    }

    [Fact]
    public void Differences_WhereTextFollowsTheTag_DoNotTakeItForABox() =>
        Assert.Empty(IssueBody.Differences(Run, Block(Line(Documented)), Block(Line(Documented, ticked: true) + " and so on")));

    private static string Block(params string[] lines) =>
        string.Join('\n', [IssueTags.Begin(Run), .. lines, IssueTags.End(Run)]);

    private static string Line(IssueBox box, bool ticked = false) => $"- [{(ticked ? 'x' : ' ')}] a thing {box.Tag}";
}
