namespace RolloutWorkflows.Counterparts;

/// <summary>What one path answers.</summary>
internal sealed class FakeGitHubRoute(string method, string path, Func<FakeGitHubCall, FakeGitHubAnswer> answer, bool byApp)
{
    private readonly string[] _segments = path.Split('/');

    /// <summary>True: only the App itself may ask.</summary>
    public bool ByApp => byApp;

    public Func<FakeGitHubCall, FakeGitHubAnswer> Answer => answer;

    /// <summary>What stands in the path's places; null: another path.</summary>
    public Dictionary<string, string>? Match(FakeGitHubRequest request)
    {
        var segments = request.Path.Split('/');
        if (request.Method != method || segments.Length != _segments.Length) return null;
        var values = new Dictionary<string, string>();
        for (var index = 0; index < segments.Length; index++)
        {
            if (_segments[index].StartsWith('{')) values[_segments[index].Trim('{', '}')] = Uri.UnescapeDataString(segments[index]);
            else if (_segments[index] != segments[index]) return null;
        }

        return values;
    }
}
