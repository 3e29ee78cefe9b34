using System.Globalization;
using System.Text;

namespace RolloutWorkflows.Activities.Tests;

/// <summary>Descriptions that are none, or that are made to do harm, end in a sentence.</summary>
public sealed class ContractDocumentTests
{
    [Theory]
    [InlineData("", "is neither JSON nor YAML that is read: it is empty")]
    [InlineData("{", "is no JSON: *")]
    [InlineData("[1]", "is no OpenAPI description: expected 'openapi: 3.0' or '3.1' at its beginning")]
    [InlineData("a: [", "is neither JSON nor YAML that is read: line *")]
    [InlineData("a: 1\n---\nb: 2", "is neither JSON nor YAML that is read: line 2: a second document starts here")]
    [InlineData("""{ "swagger": "2.0" }""", "is of a version that is not read: expected OpenAPI 3.0 or 3.1, got swagger 2.0")]
    [InlineData("""{ "openapi": "4.0.0" }""", "is of a version that is not read: expected OpenAPI 3.0 or 3.1, got 4.0.0")]
    [InlineData("a: &a [x]\nb: &b [*a,*a]\nc: !!python/object x", "is neither JSON nor YAML that is read: line 3: the tag *")]
    public void Read_NoDescription_SaysWhy(string text, string expected)
    {
        var refused = Assert.Throws<ContractException>(() => ContractDocument.Read(text));

        if (expected.EndsWith('*')) Assert.StartsWith(expected[..^1], refused.Message, StringComparison.Ordinal);
        else Assert.Equal(expected, refused.Message);
    }

    [Theory]
    [InlineData("#/components/schemas/Loop", "refers in circles at *")]
    [InlineData("#/components/schemas/None", "refers at #/paths/~1a/get/responses/200/content/a~1b/schema to '#/components/schemas/None', which is not there")]
    [InlineData("other.yaml#/Run", "refers at #/paths/~1a/get/responses/200/content/a~1b/schema to 'other.yaml#/Run'; only references within the file, such as #/components/schemas/Run, are followed")]
    [InlineData("#/components/schemas/Whole", "combines more than 200 schemas at *")]
    public void Compare_BadReference_SaysWhere(string reference, string expected)
    {
        var text = Answering($$"""{ "$ref": "{{reference}}" }""", """ "Loop": { "$ref": "#/components/schemas/Loop" }, "Whole": { "allOf": [ { "$ref": "#/components/schemas/Whole" } ] }""");

        var refused = Assert.Throws<ContractException>(() => ContractTexts.Compare(text, text.Replace("\"x\"", "\"y\"", StringComparison.Ordinal)));

        if (expected.EndsWith('*')) Assert.StartsWith(expected[..^1], refused.Message, StringComparison.Ordinal);
        else Assert.Equal(expected, refused.Message);
    }

    [Fact]
    public void Compare_ASchemaThatHoldsItself_Ends()
    {
        var tree = """ "Tree": { "oneOf": [ { "type": "string" }, { "type": "object", "properties": { "left": { "$ref": "#/components/schemas/Tree" }, "right": { "$ref": "#/components/schemas/Tree" } } } ] }""";
        var text = Answering("""{ "$ref": "#/components/schemas/Tree" }""", tree);

        Assert.Empty(ContractTexts.Compare(text, text).Breaks);
        Assert.NotEmpty(ContractTexts.Compare(text, text.Replace("\"type\": \"string\"", "\"type\": \"integer\"", StringComparison.Ordinal)).Breaks);
    }

    [Fact]
    public void Compare_ALongChainOfSchemas_IsRefusedAndNotFollowedToTheEndOfTheStack()
    {
        var chain = new StringBuilder();
        for (var index = 0; index < 5000; index++)
            chain.Append(CultureInfo.InvariantCulture, $$"""{{(index == 0 ? "" : ",")}}"S{{index}}": { "type": "object", "properties": { "next": { "$ref": "#/components/schemas/S{{index + 1}}" } } }""");
        var text = Answering("""{ "$ref": "#/components/schemas/S0" }""", chain + ""","S5000": { "type": "string" }""");

        Assert.Equal("is nested deeper than 200 levels", Assert.Throws<ContractException>(() => ContractTexts.Compare(text, text)).Message);
    }

    [Fact]
    public void Compare_UnionsOfUnions_AreRefusedBeforeTheyTakeForEver()
    {
        var unions = new StringBuilder();
        for (var index = 0; index < 12; index++)
        {
            var alternatives = string.Join(',', Enumerable.Range(0, 12).Select(number => $$"""{ "type": "object", "required": ["n{{number}}"], "properties": { "n{{number}}": { "$ref": "#/components/schemas/U{{index + 1}}" } } }"""));
            unions.Append(CultureInfo.InvariantCulture, $$"""{{(index == 0 ? "" : ",")}}"U{{index}}": { "oneOf": [ {{alternatives}} ] }""");
        }

        var text = Answering("""{ "$ref": "#/components/schemas/U0" }""", unions + ""","U12": { "type": "x" }""");
        var other = text.Replace("\"x\"", "\"y\"", StringComparison.Ordinal);

        Assert.Equal("is too large to be compared", Assert.Throws<ContractException>(() => ContractTexts.Compare(text, other)).Message);
    }

    private static string Answering(string schema, string components) =>
        $$"""{ "openapi": "3.1.0", "paths": { "/a": { "get": { "responses": { "200": { "content": { "a/b": { "schema": {{schema}} } } } } } } }, "components": { "schemas": { {{components}} } } }""";
}
