using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.Host;

/// <summary>
/// The boundary of every request: whatever goes wrong inside becomes a problem answer, and the server goes on.
/// </summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentLength is null && http.Response.ContentType is null)
                await WriteAsync(http, OfStatus(http));
        }
        catch (ProblemException error)
        {
            await WriteAsync(http, error.Problem, error.Headers);
        }
        catch (BadHttpRequestException error)
        {
            await WriteAsync(http, OfBadRequest(error));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody is left to answer.
        }
        catch (Exception error)
        {
            LogFailure(error, http.Request.Method, http.Request.Path);
            await WriteAsync(http, new ApiProblem
            {
                Code = "internal-error",
                Title = "The server failed on this request",
                Status = StatusCodes.Status500InternalServerError,
                Detail = $"{http.Request.Method} {http.Request.Path} failed inside the server ({error.GetType().Name}). The server goes on, and no rollout is affected.",
                Remedy = "The server's log holds the whole error; please report it.",
            });
        }
    }

    private static ApiProblem OfStatus(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => new ApiProblem
        {
            Code = "no-such-route",
            Title = "There is no such route",
            Status = 404,
            Detail = $"{http.Request.Method} {http.Request.Path} is not a route of this server.",
            Remedy = "docs/http-api.md lists the routes.",
        },
        StatusCodes.Status405MethodNotAllowed => new ApiProblem
        {
            Code = "method-not-allowed",
            Title = "The route does not take this method",
            Status = 405,
            Detail = $"{http.Request.Path} does not take {http.Request.Method}; expected {http.Response.Headers.Allow}.",
            Remedy = "docs/http-api.md lists the routes.",
        },
        var status => new ApiProblem { Code = "refused", Title = "The request was refused", Status = status, Detail = $"{http.Request.Method} {http.Request.Path} was answered with {status}." },
    };

    private static ApiProblem OfBadRequest(BadHttpRequestException error) => error.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? Problems.BodyTooLarge(JsonBody.MaximumBytes).Problem
        : new ApiProblem
        {
            Code = "bad-request",
            Title = "The request cannot be understood",
            Status = error.StatusCode,
            Detail = error.Message,
            Remedy = "Check the request against docs/http-api.md.",
        };

    private static async Task WriteAsync(HttpContext http, ApiProblem problem, IReadOnlyDictionary<string, string>? headers = null)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = problem.Status;
        foreach (var (name, value) in headers ?? new Dictionary<string, string>()) http.Response.Headers[name] = value;
        http.Response.ContentType = "application/problem+json";
        await JsonSerializer.SerializeAsync(http.Response.Body, problem with { Instance = http.Request.Path }, ApiJson.Options, http.RequestAborted);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed inside the server")]
    private partial void LogFailure(Exception error, string method, PathString path);
}
