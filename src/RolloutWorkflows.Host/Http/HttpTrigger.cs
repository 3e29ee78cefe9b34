using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>One route and what it does; in the shape of an Azure Functions HTTP trigger, so that it can become one.</summary>
internal abstract class HttpTrigger
{
    public const string Json = "application/json";

    public const string Form = "application/x-www-form-urlencoded";

    /// <summary>Bytes of whatever media type. Only for PUT, which no plain form can send and no page of another site without asking first.</summary>
    public const string Bytes = "application/octet-stream";

    public abstract string Method { get; }

    /// <summary>The route's template, such as <c>api/rollouts/{id}</c>.</summary>
    public abstract string Route { get; }

    /// <summary>What a caller needs to use it. Abstract, so that no route can come into being without an answer.</summary>
    public abstract Permission Needs { get; }

    /// <summary>The media type of the bodies it takes. Anything but JSON is what a plain form of another site can send, so such a route needs <see cref="Permission.Signed"/>.</summary>
    public virtual string MediaType => Json;

    /// <summary>True where it takes <see cref="Form"/> beside <see cref="MediaType"/>, since its counterpart can be set to send either.</summary>
    public virtual bool TakesForms => MediaType == Form;

    public abstract Task RunAsync(HttpContext http);

    protected static Task AnswerAsync<T>(HttpContext http, T body, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = Json;
        return JsonSerializer.SerializeAsync(http.Response.Body, body, ApiJson.Options, http.RequestAborted);
    }

    /// <summary>Who asks, as the server established it.</summary>
    protected static Caller CallerOf(HttpContext http) => Caller.Of(http);

    protected static string RouteValue(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;
}
