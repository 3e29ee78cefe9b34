using System.Text.Json;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class InputBinderTests
{
    private static readonly Playbook Playbook = Load();

    [Fact]
    public void Bind_OnlyWhatIsNeeded_FillsDefaultsIn()
    {
        var binding = InputBinder.Bind(Playbook, Json("""{ "users": ["ada", "linus"] }"""));

        Assert.Empty(binding.Problems);
        Assert.True(binding.IsValid);
        Assert.Equal("intent_bar", binding.Values["flag"].GetString());
        Assert.Equal(10, binding.Values["percent"].GetInt32());
        Assert.Equal(["ada", "linus"], binding.Values["users"].EnumerateArray().Select(user => user.GetString()));
    }

    [Theory]
    [InlineData("""{ "users": ["ada", "linus"], "flg": "x" }""", "inputs RW1200 unknown input 'flg'; known: calm, environment, flag, notify, percent, users; did you mean 'flag'?")]
    [InlineData("""{ }""", "inputs RW1201 input 'users' is missing; expected a list from 2 to 3 items, each text")]
    [InlineData("""{ "users": null }""", "inputs RW1201 input 'users' is missing; expected a list from 2 to 3 items, each text")]
    [InlineData("""{ "users": "ada" }""", "inputs RW1202 input 'users' has the wrong type; expected a list from 2 to 3 items, each text, got 'ada'")]
    [InlineData("""{ "users": ["ada"] }""", "inputs RW1202 input 'users' has too few items; expected at least 2, got 1")]
    [InlineData("""{ "users": ["a", "b", "c", "d"] }""", "inputs RW1202 input 'users' has too many items; expected at most 3, got 4")]
    [InlineData("""{ "users": ["a", 5] }""", "inputs RW1202 input 'users' item 2 has the wrong type; expected text, got '5'")]
    [InlineData("""{ "users": ["a", "b"], "percent": "10" }""", "inputs RW1202 input 'percent' has the wrong type; expected a number, got '10'")]
    [InlineData("""{ "users": ["a", "b"], "percent": 101 }""", "inputs RW1202 input 'percent' is out of range; expected a number from 1 to 100, got '101'")]
    [InlineData("""{ "users": ["a", "b"], "environment": "prodution" }""", "inputs RW1202 input 'environment' has an unknown value; expected staging or production, got 'prodution'; did you mean 'production'?")]
    [InlineData("""{ "users": ["a", "b"], "flag": "a/b" }""", "inputs RW1202 input 'flag' does not match; expected the pattern [a-z_]+, got 'a/b'")]
    [InlineData("""{ "users": ["a", "b"], "flag": "ok\n" }""", "inputs RW1202 input 'flag' does not match; expected the pattern [a-z_]+, got 'ok\n'")]
    [InlineData("""{ "users": ["a", "b"], "calm": "24" }""", "inputs RW1202 input 'calm' has the wrong type; expected a duration such as 30s, 10m, 24h, 3d, 2w or PT1H30M, got '24'")]
    [InlineData("""{ "users": ["a", "b"], "notify": "yes" }""", "inputs RW1202 input 'notify' has the wrong type; expected true or false, got 'yes'")]
    [InlineData("""{ "users": ["a", "${{ secrets.TOKEN }}"] }""", "inputs RW1202 input 'users' item 2 holds an expression; expected a plain value, got '${{ secrets.TOKEN }}'")]
    public void Bind_OneMistake_SaysWhatIsExpected(string given, string message)
    {
        var binding = InputBinder.Bind(Playbook, Json(given));

        Assert.False(binding.IsValid);
        Assert.Equal(message.Replace("\\n", "\n", StringComparison.Ordinal), Assert.Single(binding.Problems).ToString());
    }

    [Fact]
    public void Bind_SeveralMistakes_ReportsAll()
    {
        var binding = InputBinder.Bind(Playbook, Json("""{ "flag": 5, "percent": 0, "unknown": 1 }"""));

        Assert.Equal(["RW1202", "RW1202", "RW1200", "RW1201"], binding.Problems.Select(problem => problem.Code));
    }

    [Theory]
    [InlineData("percent", "25", "25")]
    [InlineData("percent", "many", "\"many\"")]
    [InlineData("notify", "true", "true")]
    [InlineData("users", "ada, linus", """["ada","linus"]""")]
    [InlineData("users", """["ada","li,nus"]""", """["ada","li,nus"]""")]
    [InlineData("flag", "5", "\"5\"")]
    public void FromText_CommandLine_ReadsByTheInputsType(string input, string text, string json) =>
        Assert.Equal(json, InputBinder.FromText(Playbook.Inputs[input], text).GetRawText());

    private static Playbook Load()
    {
        var result = PlaybookLoader.Load(
            """
            apiVersion: rolloutworkflows/v1
            kind: Playbook
            metadata: { name: inputs }
            spec:
              inputs:
                flag: { type: string, default: intent_bar, pattern: "[a-z_]+" }
                percent: { type: number, default: 10, minimum: 1, maximum: 100 }
                notify: { type: boolean, default: true }
                calm: { type: duration, default: 24h }
                users: { type: list, items: string, minItems: 2, maxItems: 3 }
                environment: { type: enum, values: [staging, production], default: staging }
              stages:
                - name: one
                  steps:
                    - uses: announce
                      with: { to: [], text: "${{ inputs.flag }} ${{ inputs.percent }} ${{ inputs.notify }} ${{ inputs.calm }} ${{ inputs.users }} ${{ inputs.environment }}" }
            """, "inputs.yaml", TestCatalog.Instance);
        Assert.Empty(result.Problems);
        return result.Playbook!;
    }

    private static Dictionary<string, JsonElement> Json(string text) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!;
}
