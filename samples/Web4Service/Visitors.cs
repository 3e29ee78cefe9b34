namespace Web4Service;

/// <summary>
/// Who comes next. As with any service a few come often: the regulars, some frequent users, and those who have the
/// feature, so that a small cohort still says something. All others come in turn. Thread-safe.
/// </summary>
internal sealed class Visitors(ServiceOptions options)
{
    private const int FrequentUsers = 50;

    private readonly Lock _lock = new();
    private readonly List<string> _withFeature = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private int _number;
    private int _regular;
    private int _frequent;
    private int _next;
    private int _recent;

    public string Next()
    {
        lock (_lock)
        {
            var slot = _number++ % 10;
            if (slot == 0 && options.Regulars.Count > 0) return options.Regulars[_regular++ % options.Regulars.Count];
            if (slot <= 3 && _withFeature.Count > 0) return _withFeature[_recent++ % _withFeature.Count];
            return $"user-{(slot <= 7 ? _frequent++ % Math.Min(FrequentUsers, options.Population) : _next++ % options.Population)}";
        }
    }

    public void Remember(string user, bool hasFeature)
    {
        lock (_lock)
        {
            if (hasFeature && _known.Add(user)) _withFeature.Add(user);
            else if (!hasFeature && _known.Remove(user)) _withFeature.Remove(user);
        }
    }
}
