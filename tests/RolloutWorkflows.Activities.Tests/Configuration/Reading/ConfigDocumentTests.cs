namespace RolloutWorkflows.Activities.Tests;

public sealed class ConfigDocumentTests
{
    public static TheoryData<string, string, string> Files => new()
    {
        { "n.toml", "# node\r\n[rollout]\r\nlist = [1,\r\n 2] # two\r\n[rollout.feature_gates] # gates\r\n  rewards   =   false   # not yet\r\nwitness = true\r\n", "rollout.feature_gates.rewards" },
        { "n.toml", "rollout = { name = 'é', feature_gates = { rewards = false, witness = true } }", "rollout.feature_gates.rewards" },
        { "n.yaml", "# node\nrollout:\n  feature_gates:   # gates\n    rewards:   false   # not yet\n    witness: true\n  note: |\n    rewards: false\n", "rollout.feature_gates.rewards" },
        { "n.yml", "{ rollout: { 'é': \"x\", feature_gates: { rewards: false , witness: true } } }\n", "rollout.feature_gates.rewards" },
        { "n.json", "\t{ // node\n \"rollout\": { \"é\": [1, 2],\n  \"feature_gates\": { \"rewards\" :  false , \"witness\": true, } } }\n", "rollout.feature_gates.rewards" },
        { "n.env", "# node\nexport REWARDS=\"false\" # not yet\nWITNESS=true\n", "REWARDS" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void With_OneValue_LeavesEveryOtherByteAndGoesBackExactly(string file, string text, string key)
    {
        var document = ConfigDocument.Read(file, text);
        var written = document.Find(key)!.Written;

        var changed = document.With(new Dictionary<string, string> { [key] = "true" });

        var at = text.IndexOf(written, text.IndexOf(key.Split('.')[^1], StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(string.Concat(text.AsSpan(0, at), "true", text.AsSpan(at + written.Length)), changed);
        Assert.Equal("true", ConfigDocument.Read(file, changed).Find(key)!.Written);
        Assert.Equal(text, ConfigDocument.Read(file, changed).With(new Dictionary<string, string> { [key] = written }));
    }

    [Theory]
    [InlineData("n.yaml", "a: &x 1\nb: *x\n", "file n.yaml, line 1, column 4: an anchor (&name), which cannot be used here")]
    [InlineData("n.yaml", "a: 1\na: 2\n", "file n.yaml, line 2, column 1: a stands there a second time")]
    [InlineData("n.yaml", "a: !x 1\n", "file n.yaml, line 1, column 4: a tag (!name), which cannot be used here")]
    [InlineData("n.json", "{ \"a\": 1,\n \"a\": 2 }", "file n.json, line 2, column 2: a stands there a second time")]
    [InlineData("n.json", "{ \"a\": }", "file n.json, line 1, column 8: this is no valid JSON")]
    [InlineData("n.env", "A=1\nA=2\n", "file n.env, A is set twice, in lines 1 and 2: keep one of them")]
    [InlineData("n.ini", "a=1", "file n.ini: expected a name that ends in .toml, .yaml, .yml, .json or .env")]
    public void Read_Unusable_SaysWhereAndWhy(string file, string text, string message) =>
        Assert.Equal(message, Assert.Throws<PlaybookFileException>(() => ConfigDocument.Read(file, text)).Message);

    [Theory]
    [InlineData("a: yes", "\"yes\"")]
    [InlineData("a: True", "true")]
    [InlineData("a: '1'", "\"1\"")]
    [InlineData("a: 010", "10")]
    [InlineData("a: 1.5e3", "1500")]
    [InlineData("a: ~", "null")]
    [InlineData("a: [1, x]", "[1,\"x\"]")]
    public void Read_YamlValue_IsThatOfTheCoreSchema(string yaml, string json) =>
        Assert.Equal(json, Assert.Single(ConfigDocument.Read("n.yaml", yaml).Entries).Value.GetRawText());
}
