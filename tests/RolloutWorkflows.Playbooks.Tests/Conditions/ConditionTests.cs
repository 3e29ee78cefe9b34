namespace RolloutWorkflows.Playbooks.Tests;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("result > 5%", 0.06, null, ConditionResult.True)]
    [InlineData("result > 5%", 0.05, null, ConditionResult.False)]
    [InlineData("result >= 5%", 0.05, null, ConditionResult.True)]
    [InlineData("result < 0.5", 0.4, null, ConditionResult.True)]
    [InlineData("result <= .5", 0.5, null, ConditionResult.True)]
    [InlineData("result == 3", 3.0, null, ConditionResult.True)]
    [InlineData("result != 3", 3.0, null, ConditionResult.False)]
    [InlineData("result > 1e3", 1001.0, null, ConditionResult.True)]
    [InlineData("5 < result", 6.0, null, ConditionResult.True)]
    [InlineData("result > baseline * 1.2", 1.3, 1.0, ConditionResult.True)]
    [InlineData("result > baseline + 20%", 1.1, 1.0, ConditionResult.False)]
    [InlineData("(result - baseline) / baseline > 20%", 1.3, 1.0, ConditionResult.True)]
    [InlineData("result - 1 - 1 == 1", 3.0, null, ConditionResult.True)]
    [InlineData("2 + 3 * result == 11", 3.0, null, ConditionResult.True)]
    [InlineData("result / 2 / 2 == 1", 4.0, null, ConditionResult.True)]
    [InlineData("-result < 0", 4.0, null, ConditionResult.True)]
    [InlineData("result > 1 and result < 3", 2.0, null, ConditionResult.True)]
    [InlineData("result < 1 or result > 3", 2.0, null, ConditionResult.False)]
    [InlineData("not result > 1", 2.0, null, ConditionResult.False)]
    [InlineData("result == 1 or result == 2 and result == 3", 1.0, null, ConditionResult.True)]
    [InlineData("(result == 1 or result == 2) and result == 3", 1.0, null, ConditionResult.False)]
    [InlineData("isNaN(result)", double.NaN, null, ConditionResult.True)]
    [InlineData("isNaN(result)", 1.0, null, ConditionResult.False)]
    [InlineData("not isNaN(result) and result < 2", 1.0, null, ConditionResult.True)]
    [InlineData("default(result, 0) < 1", null, null, ConditionResult.True)]
    [InlineData("default(result, 0) < 1", double.NaN, null, ConditionResult.True)]
    [InlineData("default(result / baseline, 1) == 1", 5.0, 0.0, ConditionResult.True)]
    public void Condition_WithValues_IsDecided(string text, double? result, double? baseline, ConditionResult expected) =>
        Assert.Equal(expected, Condition.Parse(text).Evaluate(result, baseline));

    [Theory]
    [InlineData("result > 1", null, null)]
    [InlineData("result > 1", double.NaN, null)]
    [InlineData("result != 1", double.NaN, null)]
    [InlineData("result > baseline", 1.0, null)]
    [InlineData("result / baseline > 1", 1.0, 0.0)]
    [InlineData("result / 0 > 1", 1.0, null)]
    [InlineData("isNaN(result)", null, null)]
    [InlineData("not result > 1", null, null)]
    [InlineData("result > 1 or baseline > 1", 0.0, null)]
    [InlineData("result > 1 and baseline > 1", 2.0, null)]
    public void Condition_ValueMissing_IsUndecided(string text, double? result, double? baseline) =>
        Assert.Equal(ConditionResult.Undecided, Condition.Parse(text).Evaluate(result, baseline));

    [Theory]
    [InlineData("result > 1 or baseline > 1", 2.0, ConditionResult.True)]
    [InlineData("baseline > 1 or result > 1", 2.0, ConditionResult.True)]
    [InlineData("result > 1 and baseline > 1", 0.0, ConditionResult.False)]
    [InlineData("baseline > 1 and result > 1", 0.0, ConditionResult.False)]
    public void Logic_OtherSideDecides_MissingValueDoesNotMatter(string text, double result, ConditionResult expected) =>
        Assert.Equal(expected, Condition.Parse(text).Evaluate(result));

    [Theory]
    [InlineData("", 0, "expected a comparison, got nothing at character 1 of ''")]
    [InlineData("result", 0, "expected a yes or no such as a comparison, got a number at character 1 of 'result'")]
    [InlineData("result >", 8, "expected a number, 'result' or 'baseline', got the end at character 9 of 'result >'")]
    [InlineData("result > 5 %", 11, "'%' follows a number without a space, as in 5%; expected an operator, got '%' at character 12 of 'result > 5 %'")]
    [InlineData("result = 5", 7, "'=' is written '==' here; expected a comparison, got '=' at character 8 of 'result = 5'")]
    [InlineData("result > 5 && result < 9", 11, "'&&' is written 'and' here; expected an operator, got '&&' at character 12 of 'result > 5 && result < 9'")]
    [InlineData("result > 5 || result < 9", 11, "'||' is written 'or' here; expected an operator, got '||' at character 12 of 'result > 5 || result < 9'")]
    [InlineData("!isNaN(result)", 0, "'!' is written 'not' here; expected an operator, got '!' at character 1 of '!isNaN(result)'")]
    [InlineData("resutl > 5", 0, "unknown name 'resutl'; expected result, baseline, isNaN(), default(); did you mean 'result'? at character 1 of 'resutl > 5'")]
    [InlineData("isnan(result)", 0, "unknown function 'isnan'; expected isNaN, default; did you mean 'isNaN'? at character 1 of 'isnan(result)'")]
    [InlineData("default(result) > 1", 0, "default() takes 2 values, got 1 at character 1 of 'default(result) > 1'")]
    [InlineData("1 < result < 5", 11, "a comparison has two sides; join two comparisons with 'and' at character 12 of '1 < result < 5'")]
    [InlineData("result > 5 and 3", 15, "expected a yes or no such as a comparison, got a number at character 16 of 'result > 5 and 3'")]
    [InlineData("(result > 5", 11, "expected ')', got the end at character 12 of '(result > 5'")]
    [InlineData("result > 5)", 10, "expected an operator or the end, got ')' at character 11 of 'result > 5)'")]
    [InlineData("result > 5x", 10, "expected an operator after the number 5 at character 11 of 'result > 5x'")]
    [InlineData("result > 'a'", 9, "expected a number, 'result' or 'baseline', got 'a' at character 10 of 'result > 'a''")]
    [InlineData("result > ${{ inputs.limit }}", 9, "an expression '${{ }}' may not stand here; write the name alone at character 10 of 'result > ${{ inputs.limit }}'")]
    [InlineData("result in [1]", 7, "expected a comparison, got 'in' at character 8 of 'result in [1]'")]
    [InlineData("result > 5 §", 11, "unexpected character '§' at character 12 of 'result > 5 §'")]
    public void Condition_Invalid_SaysWhatAndWhere(string text, int position, string message)
    {
        Assert.False(Condition.TryParse(text, out _, out var error));
        Assert.Equal(position, error.Position);
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Condition_NestedTooDeep_IsRefusedInsteadOfExhaustingTheStack()
    {
        Assert.Contains("nested deeper than 64", Assert.Throws<ConditionException>(() => Condition.Parse(new string('(', 500) + "result > 1" + new string(')', 400))).Message, StringComparison.Ordinal);
        Assert.Contains("at most 1000 characters, got 40010", Assert.Throws<ConditionException>(() => Condition.Parse(string.Concat(Enumerable.Repeat("1 + ", 10_000)) + "result > 1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UsesBaseline_FollowsTheNames()
    {
        Assert.True(Condition.Parse("result > 2 * baseline").UsesBaseline);
        Assert.False(Condition.Parse("result > 2").UsesBaseline);
    }
}
