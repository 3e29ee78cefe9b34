using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>openapi/contract</c> against a real service and files of the host.</summary>
public sealed class OpenApiContractTests : IDisposable
{
    private const string Old =
        """
        openapi: 3.0.0
        servers: [ { url: https://api.example.com/v1/ } ]
        paths:
          /agents:
            get:
              responses: { "200": { description: All., content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Agent" } } } } } }
          /agents/{id}:
            get:
              parameters: [ { name: id, in: path, required: true, example: a 1, schema: { type: string } } ]
              responses: { "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Agent" } } } } }
          /secret/{name}:
            get:
              parameters: [ { name: name, in: path, required: true, schema: { type: string } } ]
              responses: { "200": { description: Nobody knows a name. } }
        components:
          schemas:
            Agent: { type: object, required: [id], properties: { id: { type: string }, age: { type: integer, minimum: 0 } } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rollout-contracts-");
    private readonly StepRig _rig;
    private string _description = ContractTexts.Runs;
    private string _agents = """[ { "id": "a", "age": 3 }, { "id": "b" } ]""";
    private int _status = 200;

    public OpenApiContractTests()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "phase2.yaml"), ContractTexts.Runs);
        File.WriteAllText(Path.Combine(_folder.FullName, "phase1.yaml"), Old);
        File.WriteAllText(Path.Combine(_folder.FullName, "broken.yaml"), "openapi: [");
        _rig = new StepRig(services => services.AddSingleton(new PlaybookFileOptions { Root = _folder.FullName }));
    }

    public void Dispose()
    {
        _rig.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Contract_Kept_Passes()
    {
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { });

        Assert.Equal((StepVerdict.Passed, $"{server.Address}openapi keeps the contract of phase2.yaml."), (result.Verdict, result.Message));
        Assert.Equal(["GET /openapi"], server.Requests);
    }

    [Fact]
    public async Task Contract_Broken_FailsAndTellsEveryBreak()
    {
        _description = ContractTexts.Runs.Replace("enum: [low, high]", "enum: [low]", StringComparison.Ordinal).Replace("required: [id, state]", "required: [state]", StringComparison.Ordinal);
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { });

        Assert.Equal(StepVerdict.Failed, result.Verdict);
        Assert.Equal($"{server.Address}openapi breaks the contract of phase2.yaml in 2 places: "
            + "#/components/schemas/Run/properties/id: expected in answers the property 'id' always, got an optional one; "
            + "#/components/schemas/NewRun/properties/priority: expected in requests the value \"high\", got only \"low\".", result.Message);
        Assert.Equal(2, result.Outputs["breaks"].GetArrayLength());
    }

    [Theory]
    [InlineData(true, StepVerdict.Passed, "keeps the contract of phase2.yaml, with 1 addition.")]
    [InlineData(false, StepVerdict.Failed, "#/paths/~1v2~1agents: expected nothing here, got the path /v2/agents.")]
    public async Task Addition_IsABreakOnlyWhereAdditionsAreNotAllowed(bool allowAdditions, StepVerdict verdict, string end)
    {
        _description = ContractTexts.Runs.Replace("  /v2/runs/{id}:", "  /v2/agents: {}\n  /v2/runs/{id}:", StringComparison.Ordinal);
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { allowAdditions });

        Assert.Equal(verdict, result.Verdict);
        Assert.EndsWith(end, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shims_AnsweredAsThePreviousDescriptionSays_Pass()
    {
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { shims = new[] { "/v1/agents", "GET /v1/agents/7", "HEAD /v1/agents" }, previous = "phase1.yaml" });

        Assert.Equal((StepVerdict.Passed, $"{server.Address}openapi keeps the contract of phase2.yaml; 3 calls of old clients are answered as phase1.yaml says."), (result.Verdict, result.Message));
        Assert.Equal(["GET /v1/agents", "GET /v1/agents/7", "HEAD /v1/agents"], server.Requests.Where(request => request.Contains("/v1", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Previous_WithoutShims_TriesEveryCallWhoseParametersAreKnown()
    {
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { previous = "phase1.yaml" });

        Assert.Equal((StepVerdict.Passed, 2), (result.Verdict, result.Outputs["shims"].GetInt32()));
        Assert.Equal(["GET /openapi", "GET /v1/agents", "GET /v1/agents/a%201"], server.Requests.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(410, "[]", "expected 2xx, got 410")]
    [InlineData(204, "", "expected an answer that the previous description knows, got 204")]
    [InlineData(200, "<html>", "expected JSON, got none")]
    [InlineData(200, """{ "agents": [] }""", "#: expected array, got object")]
    [InlineData(200, """[ { "id": "a" }, { "name": "b" } ]""", "#/1: expected the property 'id', got none")]
    [InlineData(200, """[ { "id": "a", "age": -1 } ]""", "#/0/age: expected minimum 0, got -1")]
    [InlineData(200, """[ { "id": "a", "age": "three" } ]""", "#/0/age: expected integer, got the string \"three\"")]
    public async Task Shim_AnsweredOtherwise_Fails(int status, string agents, string problem)
    {
        (_status, _agents) = (status, agents);
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { shims = new[] { "/v1/agents" }, previous = "phase1.yaml" });

        Assert.Equal((StepVerdict.Failed, $"{server.Address}openapi breaks the contract of phase2.yaml in 1 place: GET {server.Address}v1/agents: {problem}."), (result.Verdict, result.Message));
    }

    [Theory]
    [InlineData("POST /v1/agents")]
    [InlineData("//elsewhere.example.com/v1")]
    [InlineData("file:///etc/passwd")]
    public async Task Shim_ThatIsNoCall_IsErrored(string shim)
    {
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { shims = new[] { shim } });

        Assert.Equal((StepVerdict.Errored, $"with.shims: expected GET or HEAD and an address or a path such as /v1/agents, got '{shim}'."), (result.Verdict, result.Message));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("missing.yaml", "File missing.yaml does not exist in ")]
    [InlineData("../phase2.yaml", "'../phase2.yaml' is no path of a file: ")]
    [InlineData("broken.yaml", "file broken.yaml is neither JSON nor YAML that is read: ")]
    public async Task Canonical_ThatCannotBeRead_IsErrored(string canonical, string start)
    {
        await using var server = await StartAsync();

        var result = await AskAsync(server, new { canonical });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.StartsWith(start, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_WithoutADescription_IsErrored()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        var result = await AskAsync(server, new { });

        Assert.Equal((StepVerdict.Errored, $"{server.Address}openapi answered 404; expected its OpenAPI description."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Service_NobodyListens_IsErrored()
    {
        var address = await LoopbackServer.NobodyAsync();

        var result = await _rig.StepAsync("openapi/contract", new { url = address, canonical = "phase2.yaml" });

        Assert.Equal((StepVerdict.Errored, $"{address}: the connection was refused."), (result.Verdict, result.Message));
    }

    [Fact]
    public async Task Files_ThatAreNotGranted_AreNotRead()
    {
        using var rig = new StepRig(services => services
            .AddSingleton(new PlaybookFileOptions { Root = _folder.FullName })
            .AddSingleton(new Grants(new Dictionary<string, PlaybookGrant>())));

        var result = await rig.StepAsync("openapi/contract", new { url = "http://127.0.0.1:9/", canonical = "phase2.yaml" });

        Assert.Equal(StepVerdict.Errored, result.Verdict);
        Assert.Contains("file 'phase2.yaml' is not granted to playbook web4", result.Message, StringComparison.OrdinalIgnoreCase);
    }

    private Task<LoopbackServer> StartAsync() => LoopbackServer.StartAsync(context =>
    {
        if (context.Request.Path == "/openapi") return context.Response.WriteAsync(_description);
        context.Response.StatusCode = _status;
        return _status == 204 ? Task.CompletedTask : context.Response.WriteAsync(context.Request.Path == "/v1/agents" ? _agents : """{ "id": "7" }""");
    });

    private Task<StepResult> AskAsync(LoopbackServer server, object with)
    {
        var given = JsonSerializer.SerializeToElement(with).EnumerateObject().ToDictionary(pair => pair.Name, pair => (object)pair.Value.Clone());
        given["url"] = server.Address + "openapi";
        given.TryAdd("canonical", "phase2.yaml");
        return _rig.StepAsync("openapi/contract", given);
    }
}
