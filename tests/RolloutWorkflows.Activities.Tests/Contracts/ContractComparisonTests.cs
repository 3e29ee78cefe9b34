namespace RolloutWorkflows.Activities.Tests;

/// <summary>What counts as a break of a contract, and what does not.</summary>
public sealed class ContractComparisonTests
{
    private const string Run = "#/components/schemas/Run";
    private const string NewRun = "#/components/schemas/NewRun";
    private const string Runs = "#/paths/~1v2~1runs";

    [Fact]
    public void Compare_TheSame_HasNoFindings()
    {
        var findings = ContractTexts.Compare(ContractTexts.Runs, ContractTexts.Runs);

        Assert.Empty(findings.Breaks);
        Assert.Empty(findings.Additions);
    }

    [Theory]
    // Paths and operations.
    [InlineData("/v2/runs/{id}:", "/v2/run/{id}:", "#/paths/~1v2~1runs~1{id}: expected the path /v2/runs/{id}, got none")]
    [InlineData("    delete:", "    x-delete:", "#/paths/~1v2~1runs~1{id}/delete: expected the operation DELETE /v2/runs/{id}, got none")]
    // Parameters.
    [InlineData("- { name: limit, in: query,", "- { name: limit, in: query, required: true,", Runs + "/get/parameters/0: expected the parameter limit in query of GET /v2/runs to be optional, got a required one")]
    [InlineData("- { name: limit,", "- { name: size,", Runs + "/get/parameters/0: expected the parameter limit in query of GET /v2/runs, got none")]
    [InlineData("- { name: X-Trace,", "- { name: page, in: query, required: true }\n        - { name: X-Trace,", Runs + "/get/parameters/1: expected no parameter page in query of GET /v2/runs that old clients do not send, got a required one")]
    [InlineData("- { name: limit, in: query,", "- { name: limit, in: query, explode: false,", Runs + "/get/parameters/0: expected the parameter limit in query of GET /v2/runs written as form, exploded, got form")]
    [InlineData("type: integer, format: int64, minimum: 1", "type: string, minimum: 1", Runs + "/get/parameters/0/schema: expected in requests integer, got string")]
    [InlineData("format: int64", "format: int32", Runs + "/get/parameters/0/schema: expected in requests format int64, got format int32")]
    [InlineData("maximum: 100", "maximum: 50", Runs + "/get/parameters/0/schema: expected in requests maximum 100, got maximum 50")]
    [InlineData("maximum: 100", "maximum: 100, exclusiveMaximum: true", Runs + "/get/parameters/0/schema: expected in requests no exclusiveMaximum, got exclusiveMaximum 100")]
    // Requests.
    [InlineData("      requestBody:\n", "      requestBody:\n        required: true\n", Runs + "/post/requestBody: expected the body of POST /v2/runs to be optional, got a required one")]
    [InlineData("content: { application/json: { schema: { $ref: \"#/components/schemas/NewRun\"", "content: { text/json: { schema: { $ref: \"#/components/schemas/NewRun\"", Runs + "/post/requestBody/content/application~1json: expected the body of POST /v2/runs as application/json, got only text/json")]
    [InlineData("required: [agent]", "required: [agent, note]", NewRun + "/properties/note: expected in requests the property 'note' to be optional, got a required one")]
    [InlineData("required: [agent]\n      properties:\n", "required: [agent, owner]\n      properties:\n        owner: { type: string }\n", NewRun + "/properties/owner: expected in requests no property 'owner' that old clients do not send, got a required one")]
    [InlineData("        note: { type: string }\n", "", NewRun + "/properties/note: expected in requests the property 'note', got none of that name")]
    [InlineData("note: { type: string }", "note: { type: string, readOnly: true }", NewRun + "/properties/note: expected in requests the property 'note', got none of that name")]
    [InlineData("enum: [low, high]", "enum: [low]", NewRun + "/properties/priority: expected in requests the value \"high\", got only \"low\"")]
    [InlineData("note: { type: string }", "note: { type: string, enum: [a] }", NewRun + "/properties/note: expected in requests any value, got only \"a\"")]
    [InlineData("minLength: 1", "minLength: 2", NewRun + "/properties/agent: expected in requests minLength 1, got minLength 2")]
    [InlineData("^[a-z]+$", "^[a-c]+$", NewRun + "/properties/agent: expected in requests pattern \"^[a-z]+$\", got pattern \"^[a-c]+$\"")]
    [InlineData("    NewRun:\n      type: object\n", "    NewRun:\n      type: object\n      additionalProperties: false\n", NewRun + ": expected in requests properties beside the named ones to be taken, got additionalProperties: false")]
    // Answers.
    [InlineData("        \"404\": { description: None. }\n", "", Runs + "/get/responses/404: expected the answer 404 of GET /v2/runs, got only 200")]
    [InlineData("content: { application/json: { schema: { $ref: \"#/components/schemas/Page\"", "content: { application/xml: { schema: { $ref: \"#/components/schemas/Page\"", Runs + "/get/responses/200/content/application~1json: expected the answer 200 of GET /v2/runs as application/json, got only application/xml")]
    [InlineData("X-Total: { required: true", "X-Count: { required: true", Runs + "/get/responses/200/headers/X-Total: expected the header X-Total of the answer 200 of GET /v2/runs, got none")]
    [InlineData("X-Total: { required: true", "X-Total: { required: false", Runs + "/get/responses/200/headers/X-Total: expected the header X-Total of the answer 200 of GET /v2/runs always, got an optional one")]
    [InlineData("required: [id, state]", "required: [id]", Run + "/properties/state: expected in answers the property 'state' always, got an optional one")]
    [InlineData("        labels: { type: object, additionalProperties: { type: string } }\n", "", Run + "/properties/labels: expected in answers the property 'labels', got none of that name")]
    [InlineData("enum: [queued, running, done]", "enum: [queued, running, done, lost]", Run + "/properties/state: expected in answers only \"queued\", \"running\", \"done\", got also \"lost\"")]
    [InlineData("type: string, enum: [queued, running, done]", "type: string", Run + "/properties/state: expected in answers only \"queued\", \"running\", \"done\", got any value")]
    [InlineData("format: uuid, ", "", Run + "/properties/id: expected in answers format uuid, got no format")]
    [InlineData("labels: { type: object, additionalProperties: { type: string } }", "labels: { type: object, additionalProperties: { type: integer } }", Run + "/properties/labels/additionalProperties: expected in answers string, got integer")]
    [InlineData("items: { type: array, items: { $ref: \"#/components/schemas/Run\" } }", "items: { type: array, items: { type: string } }", Run + ": expected in answers object, got string")]
    [InlineData("required: [name]", "required: []", "#/components/schemas/Agent/properties/name: expected in answers the property 'name' always, got an optional one")]
    [InlineData("oneOf: [ { type: string }, {", "oneOf: [ { type: string }, { type: integer }, {", Run + "/properties/result: expected in answers any type, one of 2 alternatives, got integer at #/components/schemas/Run/properties/result/oneOf/1, which none of them is")]
    [InlineData("properties: { code: { type: integer } }", "properties: { code: { type: string } }", "#/components/schemas/Failure/properties/code: expected in answers integer, got string")]
    // Security.
    [InlineData("security: []", "security: [ { key: [] } ]", "#/paths/~1v2~1runs~1{id}/get: expected GET /v2/runs/{id} to open without credentials, got with the key X-Key in header")]
    [InlineData("{ login: [runs] }", "{ login: [runs, admin] }", "#/paths/~1v2~1runs~1{id}/delete: expected DELETE /v2/runs/{id} to open with oauth2 login and oauth2 login scope runs, got with the key X-Key in header, or with oauth2 login and oauth2 login scope admin and oauth2 login scope runs")]
    public void Compare_OneThingIsWorse_IsOneBreak(string before, string after, string expected)
    {
        var findings = ContractTexts.Compare(ContractTexts.Runs, Changed(before, after));

        Assert.Equal([expected], findings.Breaks.Select(found => found.ToString()));
    }

    [Theory]
    [InlineData("    delete:", "    put: { responses: { \"204\": { description: Put. } } }\n    delete:", "the operation PUT /v2/runs/{id}")]
    [InlineData("  /v2/runs/{id}:", "  /v2/agents: {}\n  /v2/runs/{id}:", "the path /v2/agents")]
    [InlineData("- { name: X-Trace,", "- { name: page, in: query }\n        - { name: X-Trace,", "the parameter page in query of GET /v2/runs")]
    [InlineData("        note: { type: string }\n", "        note: { type: string }\n        hint: { type: string }\n", "the property 'hint' in requests")]
    [InlineData("        labels: { type: object", "        size: { type: integer }\n        labels: { type: object", "the property 'size' in answers")]
    [InlineData("        \"404\": { description: None. }\n", "        \"404\": { description: None. }\n        \"410\": { description: Gone. }\n", "the answer 410 of GET /v2/runs")]
    public void Compare_OneThingMore_IsAnAdditionAndNoBreak(string before, string after, string expected)
    {
        var findings = ContractTexts.Compare(ContractTexts.Runs, Changed(before, after));

        Assert.Empty(findings.Breaks);
        Assert.Equal([expected], findings.Additions.Select(found => found.Got));
    }

    [Theory]
    [InlineData("maximum: 100", "maximum: 500")]
    [InlineData("enum: [low, high]", "enum: [low, middle, high]")]
    [InlineData("enum: [queued, running, done]", "enum: [queued, done]")]
    [InlineData("required: [agent]", "required: []")]
    [InlineData("required: [items]", "required: [items, next]")]
    [InlineData("next: { type: string, nullable: true }", "next: { type: string }")]
    [InlineData("oneOf: [ { type: string }, { $ref: \"#/components/schemas/Failure\" } ]", "type: string")]
    [InlineData("security: [ { key: [] }, { login: [runs] } ]", "security: [ {} ]")]
    [InlineData("/v2/runs/{id}:\n    parameters: [ { name: id,", "/v2/runs/{run}:\n    parameters: [ { name: run,")]
    [InlineData("\"404\": { description: None. }", "4XX: { description: None. }")]
    [InlineData("agent: { allOf: [ { $ref: \"#/components/schemas/Agent\" } ] }", "agent: { $ref: \"#/components/schemas/Agent\" }")]
    [InlineData("priority: { type: string, enum: [low, high] }", "priority: { anyOf: [ { type: string, enum: [low, high] }, { type: integer } ] }")]
    public void Compare_OneThingIsBetterOrTheSameInOtherWords_HasNoFindings(string before, string after)
    {
        var findings = ContractTexts.Compare(ContractTexts.Runs, Changed(before, after));

        Assert.Empty(findings.Breaks);
        Assert.Empty(findings.Additions);
    }

    [Theory]
    [InlineData("next: { type: [string, \"null\"] }")]
    [InlineData("next: { anyOf: [ { type: string }, { type: \"null\" } ] }")]
    [InlineData("next: { type: string, nullable: true, $ref: \"#/components/schemas/Text\" }")]
    public void Compare_NullableIn30And31_IsTheSame(string written)
    {
        var service = Changed("next: { type: string, nullable: true }", written).Replace("3.0.3", "3.1.0", StringComparison.Ordinal) + "\n    Text: { type: string, nullable: true }";

        Assert.Empty(ContractTexts.Compare(ContractTexts.Runs, service).Breaks);
        Assert.Empty(ContractTexts.Compare(service, ContractTexts.Runs).Breaks);
    }

    [Fact]
    public void Compare_ExclusiveBoundIn30And31_IsTheSame()
    {
        var old = Changed("minimum: 1", "minimum: 0, exclusiveMinimum: true");
        var now = Changed("minimum: 1", "exclusiveMinimum: 0").Replace("3.0.3", "3.1.0", StringComparison.Ordinal);

        Assert.Empty(ContractTexts.Compare(old, now).Breaks);
        Assert.Empty(ContractTexts.Compare(now, old).Breaks);
    }

    [Fact]
    public void Compare_BreaksInOneSharedSchema_AreToldOnce()
    {
        var findings = ContractTexts.Compare(ContractTexts.Runs, Changed("state: { type: string, enum: [queued, running, done] }", "state: { type: integer }"));

        Assert.Equal([$"{Run}/properties/state: expected in answers string, got integer"], findings.Breaks.Select(found => found.ToString()));
    }

    private static string Changed(string before, string after)
    {
        Assert.Contains(before, ContractTexts.Runs, StringComparison.Ordinal);
        return ContractTexts.Runs.Replace(before, after, StringComparison.Ordinal);
    }
}
