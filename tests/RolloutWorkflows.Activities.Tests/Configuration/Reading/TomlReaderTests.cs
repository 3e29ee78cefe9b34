using System.Text.Json;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>The rules of TOML 1.0, one line for each that a hand-written reader is likely to get wrong.</summary>
public sealed class TomlReaderTests
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [InlineData("a = 1_000", "1000")]
    [InlineData("a = -0", "0")]
    [InlineData("a = +99", "99")]
    [InlineData("a = 0xDEAD_beef", "3735928559")]
    [InlineData("a = 0o755", "493")]
    [InlineData("a = 0b1101", "13")]
    [InlineData("a = 9223372036854775807", "9223372036854775807")]
    [InlineData("a = 6.626e-34", "6.626E-34")]
    [InlineData("a = 1e06", "1000000")]
    [InlineData("a = -inf", "\"-inf\"")]
    [InlineData("a = true # yes", "true")]
    [InlineData("a = \"\\u00e9 \\\"x\\\" \\t\"", "\"é \\\"x\\\" \\t\"")]
    [InlineData("a = 'C:\\no\\escapes'", "\"C:\\\\no\\\\escapes\"")]
    [InlineData("a = \"\"\"\nfirst\\\n   second\"\"\"", "\"firstsecond\"")]
    [InlineData("a = \"\"\"\"quoted\"\"\"\"\"", "\"\\\"quoted\\\"\\\"\"")]
    [InlineData("a = '''\n'x'\n'''", "\"'x'\\n\"")]
    [InlineData("a = [ 1, # one\n 2,\n]", "[1,2]")]
    [InlineData("a = [[1], ['x']]", "[[1],[\"x\"]]")]
    [InlineData("a = 1979-05-27 07:32:00Z", "\"1979-05-27T07:32:00Z\"")]
    [InlineData("a = 07:32:00.5", "\"07:32:00.5\"")]
    public void Read_Value_Means(string toml, string json) => Assert.Equal(json, Text(Single(toml).Value));

    [Theory]
    [InlineData("[a.b]\nc = 1", "a.b.c")]
    [InlineData("a.\"b.c\".d = 1", "a.\"b.c\".d")]
    [InlineData("a = { b = { c = 1 } }", "a.b.c")]
    [InlineData("a . b = 1", "a.b")]
    [InlineData("1234 = 1", "1234")]
    [InlineData("[[a]]\nb = 1", "a[0].b")]
    [InlineData("a = [ { b = 1 } ]", "a[0].b")]
    [InlineData("'' = 1", "\"\"")]
    public void Read_Key_IsFound(string toml, string key) => Assert.Equal(key, Single(toml).Key);

    [Fact]
    public void Read_TablesOutOfOrder_AreOne()
    {
        var document = Read("[a.b]\nx = 1\n[a]\ny = 2\n[[c.d]]\nz = 3\n[[c.d]]\n[c.d.e]\nz = 4\n");

        Assert.Equal(["a.b.x", "a.y", "c.d[0].z", "c.d[1].e.z"], document.Entries.Select(entry => entry.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("a = 1\na = 2", 2, "a is set a second time")]
    [InlineData("[a]\n[a]", 2, "a is defined a second time")]
    [InlineData("a.b = 1\n[a]", 2, "a is defined a second time")]
    [InlineData("[a.b]\n[a]\nb.c = 1", 3, "b is defined already")]
    [InlineData("a = { b = 1 }\n[a.c]", 2, "a is a value")]
    [InlineData("a = { b = 1 }\na.c = 2", 2, "a is defined already")]
    [InlineData("a = [1]\n[[a]]", 2, "a is defined a second time, as a list of tables")]
    [InlineData("[[a]]\n[a]", 2, "a is defined a second time")]
    [InlineData("a = 01", 1, "'01' is no value")]
    [InlineData("a = 1__0", 1, "'1__0' is no value")]
    [InlineData("a = _1", 1, "'_1' is no value")]
    [InlineData("a = .5", 1, "'.5' is no value")]
    [InlineData("a = 5.", 1, "'5.' is no value")]
    [InlineData("a = +0x1", 1, "'+0x1' is no value")]
    [InlineData("a = 9223372036854775808", 1, "'9223372036854775808' is no value")]
    [InlineData("a = True", 1, "'True' is no value")]
    [InlineData("a = 2021-02-30", 1, "'2021-02-30' is no value")]
    [InlineData("a = 25:00:00", 1, "'25:00:00' is no value")]
    [InlineData("a = 1 b = 2", 1, "expected the end of the line")]
    [InlineData("a = { b = 1, }", 1, "expected a name after the comma")]
    [InlineData("a = { b = 1\n}", 1, "expected , or }")]
    [InlineData("a = \"x", 1, "the text does not end")]
    [InlineData("a = \"x\ny\"", 1, "the text does not end on its line")]
    [InlineData("a = \"\\x\"", 1, "expected one of")]
    [InlineData("a = \"\\ud800\"", 1, "expected 4 hexadecimal digits of a character")]
    [InlineData("a = \"\u0001\"", 1, "a control character")]
    [InlineData("# \u0000", 1, "a control character")]
    [InlineData("a = 1\r", 1, "expected the end of the line")]
    [InlineData("[a", 1, "expected ]")]
    [InlineData("[[a]", 1, "expected ]]")]
    [InlineData("= 1", 1, "expected a name")]
    [InlineData("a", 1, "expected = after the name")]
    [InlineData("a =", 1, "expected a value")]
    [InlineData("\"\"\"a\"\"\" = 1", 1, "a name cannot be a text of several lines")]
    public void Read_Invalid_NamesLineAndReason(string toml, int line, string reason)
    {
        var refused = Assert.Throws<PlaybookFileException>(() => Read(toml)).Message;

        Assert.StartsWith($"file node.toml, line {line}, column ", refused, StringComparison.Ordinal);
        Assert.Contains(reason, refused, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NestedWithoutEnd_IsRefusedAndDoesNotOverflow() =>
        Assert.Contains("nested deeper than 64 levels", Assert.Throws<PlaybookFileException>(() => Read($"a = {new string('[', 100_000)}")).Message, StringComparison.Ordinal);

    private static string Text(JsonElement value) => JsonSerializer.Serialize(value, Readable);

    private static ConfigEntry Single(string toml) => Assert.Single(Read(toml).Entries);

    private static ConfigDocument Read(string toml) => ConfigDocument.Read("node.toml", toml);
}
