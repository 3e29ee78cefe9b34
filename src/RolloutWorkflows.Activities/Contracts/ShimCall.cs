using System.Text.Json;

namespace RolloutWorkflows.Activities;

/// <summary>A call that clients of the previous version make.</summary>
/// <param name="Method">GET or HEAD.</param>
/// <param name="Address">Where to.</param>
/// <param name="Operation">The operation in the previous description; null: none is held against it.</param>
internal sealed record ShimCall(HttpMethod Method, Uri Address, ContractNode? Operation)
{
    /// <summary>More calls than a step can make in time are refused rather than left out in silence.</summary>
    public const int Maximum = 50;

    /// <summary>The calls that a step states, or those that follow from the previous description.</summary>
    /// <param name="step">The step.</param>
    /// <param name="previous">The previous description; null: none.</param>
    /// <param name="problem">What is wrong with what is stated; null where nothing is.</param>
    public static IReadOnlyList<ShimCall> Of(OpenApiContractStep step, ContractDocument? previous, out string? problem)
    {
        problem = null;
        var operations = previous is null ? [] : OperationsOf(previous).ToList();
        if (step.Shims.Count == 0)
            return Within(operations.Where(operation => operation.Called is not null).Select(operation => new ShimCall(HttpMethod.Get, new Uri(step.Url, operation.Called!), operation.Node)).ToList(), ref problem);

        var calls = new List<ShimCall>();
        foreach (var shim in step.Shims)
        {
            var words = shim.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Uri? url = null;
            if (words.Length is not (1 or 2) || (words.Length == 2 && words[0] is not ("GET" or "HEAD")) || !TryResolve(step.Url, words[^1], out url))
            {
                problem = $"with.shims: expected GET or HEAD and an address or a path such as /v1/agents, got '{shim}'";
                return [];
            }

            var found = operations.Where(operation => Fits(operation.Path, url!.AbsolutePath)).OrderByDescending(operation => operation.Path == url!.AbsolutePath).FirstOrDefault();
            calls.Add(new ShimCall(words[0] == "HEAD" ? HttpMethod.Head : HttpMethod.Get, url!, found.Path is null ? null : found.Node));
        }

        return Within(calls, ref problem);
    }

    /// <summary>What old clients do not get as it was; null where the answer is as the previous description says.</summary>
    public string? ProblemOf(OutboundAnswer answer)
    {
        if (!answer.IsSuccess) return $"expected 2xx, got {answer.Status}";
        if (Operation is not { } operation || Method == HttpMethod.Head) return null;
        var status = answer.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var responses = operation.FindObject("responses");
        var stated = new[] { status, $"{status[0]}XX", "default" }.Select(name => responses?.FindObject(name)).FirstOrDefault(found => found is not null);
        if (stated is null) return $"expected an answer that the previous description knows, got {status}";
        if (stated.Value.Entries("content").FirstOrDefault(entry => entry.Name.Contains("json", StringComparison.OrdinalIgnoreCase)).Node is not { Document: not null } content) return null;
        if (content.Find("schema") is not { } schema) return null;
        if (answer.Truncated) return "expected an answer that can be read, got one that is too long";
        return OutboundRequests.ParseJson(answer.Body) is { } body ? SchemaCheck.ProblemOf(body, [schema]) : "expected JSON, got none";
    }

    public override string ToString() => $"{Method} {Address.GetLeftPart(UriPartial.Path)}";

    private static IReadOnlyList<ShimCall> Within(List<ShimCall> calls, ref string? problem)
    {
        if (calls.Count > Maximum) problem = $"expected at most {Maximum} calls of old clients, got {calls.Count}; name the ones that matter under with.shims";
        return calls;
    }

    private static bool TryResolve(Uri service, string address, out Uri? url)
    {
        url = null;
        if (address.StartsWith("//", StringComparison.Ordinal)) return false;
        return (address.StartsWith('/') ? Uri.TryCreate(service, address, out url) : Uri.TryCreate(address, UriKind.Absolute, out url)) && url!.Scheme is "http" or "https" && url.UserInfo.Length == 0;
    }

    /// <summary>The GET operations with their path on the server, and how each is called where its parameters are known.</summary>
    private static IEnumerable<(string Path, ContractNode Node, string? Called)> OperationsOf(ContractDocument previous)
    {
        var root = BaseOf(previous);
        foreach (var (path, node) in previous.Root.Entries("paths"))
            if (node.FindObject("get") is { } operation) yield return (root + path, operation, root + CalledAs(path, node, operation) is var called && called.Contains('\0', StringComparison.Ordinal) ? null : called);
    }

    /// <summary>The path of the first server; the rest of its address is this service's.</summary>
    private static string BaseOf(ContractDocument previous)
    {
        var url = previous.Root.Items("servers").FirstOrDefault() is { Document: not null } server ? server.Text("url") ?? "" : "";
        var path = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https" ? absolute.AbsolutePath : url.StartsWith('/') ? url : "";
        return path.TrimEnd('/');
    }

    /// <summary>The path with examples for its parameters and the required ones of its query; with a NUL in it where one has none.</summary>
    private static string CalledAs(string path, ContractNode pathNode, ContractNode operation)
    {
        var query = new List<string>();
        foreach (var parameter in ParameterComparison.ParametersOf(path, pathNode, operation).Values.Where(ParameterComparison.IsRequired))
        {
            var (name, value) = (parameter.Text("name") ?? "", ExampleOf(parameter) is { } example ? Uri.EscapeDataString(example) : "\0");
            if (parameter.Text("in") == "path") path = path.Replace($"{{{name}}}", value, StringComparison.Ordinal);
            else if (parameter.Text("in") == "query") query.Add($"{Uri.EscapeDataString(name)}={value}");
            else return "\0";
        }

        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    private static string? ExampleOf(ContractNode parameter)
    {
        foreach (var place in new[] { parameter.Find("example"), parameter.Entries("examples").Select(entry => entry.Node.Find("value")).FirstOrDefault(), parameter.Find("schema")?.Find("example"), parameter.Find("schema")?.Find("default") })
            if (place is { Value.ValueKind: JsonValueKind.String or JsonValueKind.Number } found) return found.Value.ToString();
        return null;
    }

    private static bool Fits(string template, string path)
    {
        var (one, other) = (template.Split('/'), path.Split('/'));
        return one.Length == other.Length && one.Zip(other).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.First.EndsWith('}')));
    }
}
