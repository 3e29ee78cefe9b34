using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace RolloutWorkflows.Host;

/// <summary>Writes the OpenAPI document from the triggers themselves, so that it holds every route and no other.</summary>
internal sealed partial class ApiDescription(IEnumerable<HttpTrigger> triggers) : IOpenApiDocumentTransformer
{
    /// <summary>The document's name among ASP.NET Core's.</summary>
    public const string DocumentName = "rollout";

    private const string Key = "key";

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "RolloutWorkflows", Version = "v1", Description = "Carries out staged-rollout playbooks. docs/http-api.md explains each route." };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.AddComponent(Key, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key of `rollout keys add`." });
        document.Paths = new OpenApiPaths();
        foreach (var trigger in triggers.OrderBy(trigger => trigger.Route, StringComparer.Ordinal).ThenBy(trigger => trigger.Method, StringComparer.Ordinal))
        {
            var path = "/" + OptionalMark().Replace(trigger.Route, "}");
            if (!document.Paths.TryGetValue(path, out var item)) document.Paths.Add(path, item = new OpenApiPathItem());
            ((OpenApiPathItem)item).AddOperation(HttpMethod.Parse(trigger.Method), await OperationOfAsync(trigger, document, context, cancellationToken));
        }
    }

    private static async Task<OpenApiOperation> OperationOfAsync(HttpTrigger trigger, OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var type = trigger.GetType();
        var said = type.GetCustomAttribute<OperationAttribute>()
            ?? throw new InvalidOperationException($"Bug in RolloutWorkflows: {type.Name} has no {nameof(OperationAttribute)}; please report it.");
        var operation = new OpenApiOperation
        {
            OperationId = char.ToLowerInvariant(type.Name[0]) + type.Name[1..],
            Summary = said.Summary,
            Parameters = [.. Parameters(trigger.Route, said)],
            Responses = new OpenApiResponses
            {
                [said.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)] = new OpenApiResponse
                {
                    Description = said.Gives is null ? "Done." : "The answer.",
                    Content = said.Gives is { } gives ? await ContentAsync("application/json", gives, document, context, cancellation) : null,
                },
                ["default"] = new OpenApiResponse { Description = "What is wrong, and what to do.", Content = await ContentAsync("application/problem+json", typeof(ApiProblem), document, context, cancellation) },
            },
        };
        if (said.Takes is { } takes) operation.RequestBody = new OpenApiRequestBody { Required = true, Content = await ContentAsync("application/json", takes, document, context, cancellation) };
        if (trigger.Needs > Permission.Signed) operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Key, document)] = [] }];
        return operation;
    }

    private static async Task<Dictionary<string, OpenApiMediaType>> ContentAsync(string media, Type type, OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        var schema = await context.GetOrCreateSchemaAsync(type, cancellationToken: cancellation);
        if (type.IsGenericType || type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true) return new() { [media] = new OpenApiMediaType { Schema = schema } };
        document.AddComponent(type.Name, schema);
        return new() { [media] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(type.Name, document) } };
    }

    private static IEnumerable<IOpenApiParameter> Parameters(string route, OperationAttribute said)
    {
        foreach (Match name in RouteName().Matches(route)) yield return Parameter(name.Groups[1].Value, ParameterLocation.Path);
        foreach (var name in said.Query) yield return Parameter(name, ParameterLocation.Query);
        foreach (var name in said.Headers) yield return Parameter(name, ParameterLocation.Header);
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation place) =>
        new() { Name = name, In = place, Required = place == ParameterLocation.Path, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    [GeneratedRegex(@"\{(\w+)\??\}")]
    private static partial Regex RouteName();

    [GeneratedRegex(@"\?\}")]
    private static partial Regex OptionalMark();
}
