using System.Text.Json;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class ExpressionResolverTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Inputs = Json("""{ "flag": "intent_bar", "percent": 10, "on": true, "users": ["ada", "linus"], "evil": "${{ secrets.TOKEN }}", "none": null }"""),
        Outputs = new Dictionary<string, IReadOnlyDictionary<string, JsonElement>> { ["roll"] = Json("""{ "percent": 12.5, "before": { "enabled": false } }""") },
        Run = Json("""{ "id": "r-1", "stage": "canary" }"""),
        Item = JsonSerializer.SerializeToElement("ada"),
    };

    [Theory]
    [InlineData("""  "plain"  """, """ "plain" """)]
    [InlineData("""  "${{ inputs.flag }}"  """, """ "intent_bar" """)]
    [InlineData("""  "${{inputs.flag}}"  """, """ "intent_bar" """)]
    [InlineData("""  "${{ inputs.percent }}"  """, "10")]
    [InlineData("""  "${{ inputs.on }}"  """, "true")]
    [InlineData("""  "${{ inputs.none }}"  """, "null")]
    [InlineData("""  "${{ inputs.users }}"  """, """["ada","linus"]""")]
    [InlineData("""  "${{ steps.roll.outputs.before }}"  """, """{"enabled":false}""")]
    [InlineData("""  "${{ inputs.percent }} % of users"  """, """ "10 % of users" """)]
    [InlineData("""  "${{ run.id }}/${{ run.stage }}"  """, """ "r-1/canary" """)]
    [InlineData("""  "to ${{ inputs.users }}: ${{ inputs.on }}"  """, """ "to ada, linus: true" """)]
    [InlineData("""  "now ${{ steps.roll.outputs.percent }}"  """, """ "now 12.5" """)]
    [InlineData("""  "for ${{ item }}"  """, """ "for ada" """)]
    [InlineData("""  "Bearer ${{ secrets.TOKEN }}"  """, """ "Bearer ${{ secrets.TOKEN }}" """)]
    [InlineData("""  "${{ secrets.TOKEN }}"  """, """ "${{ secrets.TOKEN }}" """)]
    [InlineData("""  { "a": ["${{ inputs.percent }}", 5], "b": { "c": "x${{ inputs.flag }}" } }  """, """{"a":[10,5],"b":{"c":"xintent_bar"}}""")]
    [InlineData("7.50", "7.50")]
    public void Resolve_References_BecomeValuesOfTheirType(string value, string expected) =>
        Assert.Equal(expected.Trim(), ExpressionResolver.Resolve(JsonSerializer.Deserialize<JsonElement>(value), Scope).GetRawText());

    [Theory]
    [InlineData("${{ inputs.flg }}", "'inputs.flg' has no value; unknown input 'flg'; known: evil, flag, none, on, percent, users; did you mean 'flag'?")]
    [InlineData("${{ steps.rol.outputs.percent }}", "'steps.rol.outputs.percent' has no value; unknown step that has run 'rol'; known: roll; did you mean 'roll'?")]
    [InlineData("${{ steps.roll.outputs.share }}", "'steps.roll.outputs.share' has no value; unknown output of step 'roll' 'share'; known: before, percent")]
    [InlineData("${{ run.satge }}", "'run.satge' has no value; unknown value of run 'satge'; known: id, stage; did you mean 'stage'?")]
    [InlineData("${{ env.HOME }}", "'env.HOME' is no reference; expected inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME")]
    [InlineData("${{ inputs.flag", "'${{ inputs.flag' is not closed; expected }}")]
    [InlineData("${{ }}", "'' is no reference; expected inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME")]
    [InlineData("${{ inputs.flag == 'a' }}", "'inputs.flag == 'a'' is no reference; expected inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME")]
    [InlineData("x ${{ inputs.evil }}", "the value of 'inputs.evil' holds an expression of its own (${{ … }}); expected plain text")]
    public void Resolve_UnknownReference_SaysWhatIsKnown(string text, string message)
    {
        Assert.Equal(message, Assert.Throws<ExpressionException>(() => ExpressionResolver.Resolve(JsonSerializer.SerializeToElement(text), Scope)).Message);
        Assert.Equal(message, Assert.Throws<ExpressionException>(() => ExpressionResolver.ResolveText(text, Scope)).Message);
    }

    [Fact]
    public void Item_OutsideForEach_IsRefused() =>
        Assert.Equal(
            "'item' has no value here; 'item' stands only in a step with forEach",
            Assert.Throws<ExpressionException>(() => ExpressionResolver.ResolveText("${{ item }}", Scope with { Item = null })).Message);

    [Fact]
    public void Resolve_WholeConfiguration_KeepsKeys()
    {
        var resolved = ExpressionResolver.Resolve(Json("""{ "flag": "${{ inputs.flag }}", "percent": "${{ inputs.percent }}" }"""), Scope);

        Assert.Equal("intent_bar", resolved["flag"].GetString());
        Assert.Equal(10, resolved["percent"].GetInt32());
    }

    [Fact]
    public void ReferencesIn_Tree_AreFoundInOrder()
    {
        var tree = JsonSerializer.Deserialize<JsonElement>("""{ "a": "${{ inputs.x }} ${{ secrets.Y }}", "b": ["${{ steps.z.outputs.w }}"] }""");

        Assert.Equal(["inputs.x", "secrets.Y", "steps.z.outputs.w"], ExpressionResolver.ReferencesIn(tree).Select(reference => reference.ToString()));
    }

    private static Dictionary<string, JsonElement> Json(string text) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!;
}
