namespace RolloutWorkflows.Activities.Tests;

public sealed class EnvironmentTextTests
{
    [Theory]
    [InlineData("A=1", "1")]
    [InlineData("export A = 1 # one", "1")]
    [InlineData("A=", "")]
    [InlineData("A=b#c", "b#c")]
    [InlineData("A='it # is' # so", "it # is")]
    [InlineData("A=\"say \\\"yes\\\" for 5 \\$\"\r", "say \"yes\" for 5 $")]
    public void Find_EveryWayOfWriting_IsUnderstood(string line, string meaning) =>
        Assert.Equal(meaning, EnvironmentText.Read(new EnvironmentText("# A=0\n" + line).Find("A")!));

    [Theory]
    [InlineData("true")]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("it's")]
    [InlineData("it's \"$HOME\" `x` \\ #")]
    public void Write_AnyValue_IsReadAsItWas(string value) =>
        Assert.Equal(value, EnvironmentText.Read(new EnvironmentText($"A={EnvironmentText.Write(value)}").Find("A")!));

    [Fact]
    public void With_ValuesAndAdditions_KeepsCommentsOrderAndEndings()
    {
        var text = new EnvironmentText("# first\r\nexport A=1   # one\r\n\r\nB='x'\r\n");

        Assert.Equal("# first\r\nexport A=2   # one\r\n\r\nB='x'\r\nC=3\r\n", text.With(new Dictionary<string, string?> { ["A"] = "2", ["C"] = "3" }));
        Assert.Equal("# first\r\nexport A=1   # one\r\n\r\n", text.With(new Dictionary<string, string?> { ["B"] = null }));
    }

    [Theory]
    [InlineData("A=1", "A=1\nB=2\n")]
    [InlineData("", "B=2\n")]
    public void With_NoEndOfLineAtTheEnd_AddsALineOfItsOwn(string text, string expected) =>
        Assert.Equal(expected, new EnvironmentText(text).With(new Dictionary<string, string?> { ["B"] = "2" }));

    [Theory]
    [InlineData("A=1\nB=2\nA=3", "A is set twice, in lines 1 and 3: keep one of them")]
    [InlineData("B=1\nA=\"begins\nends\"", "line 2: the quoted value of A does not end on its line, or something follows it")]
    public void Text_Ambiguous_IsRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<PlaybookFileException>(() => new EnvironmentText(text)).Message);
}
