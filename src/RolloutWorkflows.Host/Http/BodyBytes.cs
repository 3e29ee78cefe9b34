using Microsoft.AspNetCore.Http;

namespace RolloutWorkflows.Host;

/// <summary>Reads a request's body as it came, up to a limit.</summary>
internal static class BodyBytes
{
    /// <summary>All of the body, before anything else reads it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="maximum">In bytes.</param>
    /// <param name="tooLarge">What a larger body is refused with; nothing of it is kept.</param>
    /// <exception cref="ProblemException">It is larger.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int maximum, Func<ProblemException> tooLarge)
    {
        if (request.ContentLength > maximum) throw tooLarge();
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is var read and > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > maximum) throw tooLarge();
        }

        return body.ToArray();
    }
}
