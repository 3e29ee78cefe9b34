using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>Builds paths below the API's address; whatever comes from outside is escaped and stays one segment. Pure.</summary>
internal static class GitHubPath
{
    public static string Of(params object[] segments) => string.Join('/', segments.Select(Escape));

    public static string Of(GitHubRepository repository) => Of("repos", repository.Owner, repository.Name);

    public static string Of(GitHubRepository repository, params object[] segments) => $"{Of(repository)}/{Of(segments)}";

    /// <summary>The path with those parameters that have a value.</summary>
    public static string With(string path, params (string Name, object? Value)[] query)
    {
        var stated = query.Where(parameter => parameter.Value is not null).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(Show(parameter.Value!))}").ToList();
        return stated.Count == 0 ? path : $"{path}?{string.Join('&', stated)}";
    }

    /// <summary>As GitHub writes moments.</summary>
    public static string Show(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(object segment)
    {
        var text = Show(segment);
        // Escaped or not, clients and servers take these two for a way up.
        return text is "" or "." or ".."
            ? throw new GitHubException(GitHubFailure.Validation, $"'{text}' cannot stand in a request to GitHub", notDone: true)
            : Uri.EscapeDataString(text);
    }

    private static string Show(object value) => value is DateTimeOffset moment ? Show(moment) : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
