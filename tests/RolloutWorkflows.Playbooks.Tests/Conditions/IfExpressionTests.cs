using System.Text.Json;

namespace RolloutWorkflows.Playbooks.Tests;

public sealed class IfExpressionTests
{
    private static readonly ExpressionScope Scope = new()
    {
        Inputs = Json("""{ "environment": "production", "percent": 10, "dry-run": false, "users": ["ada", "linus"] }"""),
        Outputs = new Dictionary<string, IReadOnlyDictionary<string, JsonElement>> { ["probe-1"] = Json("""{ "status": 200 }""") },
        Run = Json("""{ "stage": "canary" }"""),
    };

    [Theory]
    [InlineData("inputs.environment == 'production'", ConditionResult.True)]
    [InlineData("inputs.environment == \"staging\"", ConditionResult.False)]
    [InlineData("inputs.environment != 'staging' and run.stage == 'canary'", ConditionResult.True)]
    [InlineData("inputs.environment in ['staging', 'production']", ConditionResult.True)]
    [InlineData("'grace' in inputs.users", ConditionResult.False)]
    [InlineData("contains(inputs.users, 'ada')", ConditionResult.True)]
    [InlineData("contains(inputs.environment, 'prod')", ConditionResult.True)]
    [InlineData("inputs.percent * 2 >= 20", ConditionResult.True)]
    [InlineData("steps.probe-1.outputs.status == 200", ConditionResult.True)]
    [InlineData("not inputs.dry-run", ConditionResult.True)]
    [InlineData("inputs.dry-run == true", ConditionResult.False)]
    [InlineData("inputs.percent == '10'", ConditionResult.False)]
    [InlineData("steps.skipped.outputs.status == 200", ConditionResult.Undecided)]
    [InlineData("default(steps.skipped.outputs.status, 200) == 200", ConditionResult.True)]
    [InlineData("inputs.environment > 3", ConditionResult.Undecided)]
    public void If_WithScope_IsDecided(string text, ConditionResult expected) =>
        Assert.Equal(expected, IfExpression.Parse(text).Evaluate(Scope));

    [Theory]
    [InlineData("result > 5", "unknown name 'result'; expected inputs.NAME, steps.ID.outputs.NAME, run.NAME, item, true, false at character 1 of 'result > 5'")]
    [InlineData("input.x == 1", "'input.x' is no reference; expected inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME; did you mean 'inputs'? at character 1 of 'input.x == 1'")]
    [InlineData("steps.a.result == 1", "'steps.a.result' is no reference; expected inputs.NAME, steps.ID.outputs.NAME, run.NAME, item or secrets.NAME at character 1 of 'steps.a.result == 1'")]
    [InlineData("secrets.token == 'x'", "a secret may not stand in 'if' at character 1 of 'secrets.token == 'x''")]
    [InlineData("inputs.a == 'x", "expected a closing ' at character 13 of 'inputs.a == 'x'")]
    [InlineData("${{ inputs.a }}", "an expression '${{ }}' may not stand here; write the name alone at character 1 of '${{ inputs.a }}'")]
    [InlineData("'a' == 1", "expected a text on the right of ==, got a number at character 8 of ''a' == 1'")]
    public void If_Invalid_SaysWhatAndWhere(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ConditionException>(() => IfExpression.Parse(text)).Message);

    private static Dictionary<string, JsonElement> Json(string text) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!;
}
