namespace RolloutWorkflows.Activities.Tests.GitHub.ReleaseIssue;

/// <summary>What people write around the block survives byte for byte, whatever they do to the block itself.</summary>
public sealed class IssueMergeTests
{
    private const string Run = "run-1";

    private const string Block = "<!-- rollout:begin run-1 -->\n## Title\n- [ ] a <!-- rollout:box=s/a -->\n- [x] b <!-- rollout:box=s/steps/b -->\nFooter\n<!-- rollout:end run-1 -->";

    private const string Newer = "<!-- rollout:begin run-1 -->\n## Title\n- [x] a <!-- rollout:box=s/a -->\n- [x] b <!-- rollout:box=s/steps/b -->\nFooter\n<!-- rollout:end run-1 -->";

    private static readonly string Other = Block.Replace("run-1", "run-2", StringComparison.Ordinal);

    [Theory]
    [InlineData("", "")]
    [InlineData("People's text.", "\n\n")]
    [InlineData("People's text.\n", "\n")]
    [InlineData("People's text.\r\n\r\n", "")]
    public void Merge_IntoABodyWithoutBlock_PutsItBehindThePeoplesText(string body, string gap) =>
        Assert.Equal(body + gap + Block, Merge(body, Block));

    [Fact]
    public void Merge_OfNoBody_IsTheBlock() => Assert.Equal(Block, Merge(null, Block));

    [Fact]
    public void Merge_WhereTheBlockStands_ReplacesItInPlace() =>
        Assert.Equal("one \n" + Newer + "\t\n two", Merge("one \n" + Block + "\t\n two", Newer));

    [Fact]
    public void Merge_WhereOnlyTheEndsOfLineDiffer_ChangesNothing()
    {
        var body = ("one\n" + Block + "\ntwo").Replace("\n", "\r\n", StringComparison.Ordinal);

        Assert.Same(body, Merge(body, Block));
    }

    [Fact]
    public void Merge_WhereTheBlockWasCopied_KeepsTheFirst() =>
        Assert.Equal("one\n" + Newer + "\ntwo\n" + "\nthree", Merge("one\n" + Block + "\ntwo\n" + Newer + "\nthree", Newer));

    [Fact]
    public void Merge_WhereTheEndWasDeleted_TakesOutWhatIsCertainlyOurs() =>
        Assert.Equal("one\n" + Newer + "\nFooter\nmine", Merge("one\n" + Block.Replace("\n<!-- rollout:end run-1 -->", "\nmine", StringComparison.Ordinal), Newer));

    [Fact]
    public void Merge_WhereTheBeginningWasDeleted_TakesOutWhatIsCertainlyOurs() =>
        Assert.Equal("mine\n## Title\n" + Newer + "\ntwo", Merge(Block.Replace("<!-- rollout:begin run-1 -->", "mine", StringComparison.Ordinal) + "\ntwo", Newer));

    [Theory]
    [InlineData("<!-- rollout:begin run-1 -->")]
    [InlineData("<!-- rollout:end run-1 -->")]
    public void Merge_WhereNothingButATagIsLeft_PutsTheBlockThere(string tag) =>
        Assert.Equal("one " + Newer + " two", Merge("one " + tag + " two", Newer));

    [Fact]
    public void Merge_BesideAnotherRunsBlock_LeavesThatAlone()
    {
        Assert.Equal(Other + "\n\n" + Block, Merge(Other, Block));
        Assert.Equal(Newer + "\n" + Other, Merge(Block + "\n" + Other, Newer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Merge_WhereAHalfBlockTouchesAnotherRuns_LeavesThatAlone(bool endIsGone)
    {
        var body = endIsGone
            ? Block.Replace("<!-- rollout:end run-1 -->", "", StringComparison.Ordinal) + Other
            : Other + "\n" + Block.Replace("<!-- rollout:begin run-1 -->", "", StringComparison.Ordinal);

        var merged = Merge(body, Newer);

        Assert.Contains(Other, merged, StringComparison.Ordinal);
        Assert.Equal(Newer, IssueBody.BlockOf(Run, merged));
    }

    [Fact]
    public void Merge_WhereAnotherRunsBlockWasMovedIntoOurs_KeepsIt()
    {
        var body = Block.Replace("Footer", Other, StringComparison.Ordinal);

        var merged = Merge(body, Newer);

        Assert.Contains(Other, merged, StringComparison.Ordinal);
        Assert.Equal(Newer, IssueBody.BlockOf(Run, merged));
        Assert.Equal(merged, Merge(merged, Newer));
    }

    [Fact]
    public void Merge_WhereOurTagIsQuotedBeforeTheBlock_KeepsTheQuotation()
    {
        const string Quoted = "The block begins with `<!-- rollout:begin run-1 -->`, do not touch it.\n";

        Assert.Equal(Quoted + Newer, Merge(Quoted + Block, Newer));
    }

    [Fact]
    public void Merge_OfLongPeoplesText_TellsTheRenderingHowMuchRoomIsLeft()
    {
        var people = new string('x', 65_000);
        var room = 0;

        var merged = IssueBody.Merge(Run, people, left =>
        {
            room = left;
            return "";
        });

        Assert.Equal(65_536 - 65_000 - 2, room);
        Assert.Same(people, merged);
    }

    [Fact]
    public void Merge_OfAnySequenceOfEditsOfPeople_KeepsEveryByteOfTheirText()
    {
        for (var seed = 0; seed < 300; seed++) new EditedBody(seed).AssertPeoplesTextSurvives();
    }

    private static string Merge(string? body, string block) => IssueBody.Merge(Run, body, _ => block);
}
