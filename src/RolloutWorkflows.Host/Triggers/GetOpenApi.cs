using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace RolloutWorkflows.Host;

/// <summary><c>GET /openapi.json</c>: this API, described by OpenAPI 3.1.</summary>
[Operation("This API, described by OpenAPI.")]
internal sealed class GetOpenApi([FromKeyedServices(ApiDescription.DocumentName)] IOpenApiDocumentProvider documents) : HttpTrigger
{
    public override string Method => HttpMethods.Get;

    public override string Route => "openapi.json";

    public override Permission Needs => Permission.Read;

    public override async Task RunAsync(HttpContext http)
    {
        var document = await documents.GetOpenApiDocumentAsync(http.RequestAborted);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, http.RequestAborted), http.RequestAborted);
    }
}
