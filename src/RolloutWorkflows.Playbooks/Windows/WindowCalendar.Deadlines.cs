namespace RolloutWorkflows.Playbooks;

/// <summary>Deadlines that stand still while a window is closed.</summary>
public sealed partial class WindowCalendar
{
    /// <summary>
    /// The moment at which so much open time has passed since <paramref name="asked"/>: the time in which a window is closed
    /// does not count. Null where that never comes, or not within ten years.
    /// </summary>
    public DateTimeOffset? DeadlineOf(DateTimeOffset asked, TimeSpan openTime)
    {
        var left = openTime;
        for (var moment = asked; moment - asked < Horizon;)
        {
            if (NextOpen(moment) is not { } opens) return null;
            if (NextClosed(opens, opens + left) is not { } closes) return opens + left;
            left -= closes - opens;
            moment = closes;
        }

        return null;
    }

    /// <summary>The first moment from <paramref name="at"/> on, and before <paramref name="until"/>, at which a window is closed; null where none is.</summary>
    public DateTimeOffset? NextClosed(DateTimeOffset at, DateTimeOffset until)
    {
        for (var moment = at; moment < until;)
        {
            if (Blocking(moment) is not null) return moment;
            if (NextEdge(moment) is not { } edge) return null;
            moment = edge;
        }

        return null;
    }

    /// <summary>The next moment at which an open calendar may close: an allowed stretch ends, or a denied one begins.</summary>
    private DateTimeOffset? NextEdge(DateTimeOffset at) => _windows
        .SelectMany(window => window.Allow.Select(span => span.At(at)?.End).Concat(window.Deny.Select(span => span.NextStart(at))))
        .Concat(_opened.Where(stretch => stretch.Contains(at)).Select(stretch => (DateTimeOffset?)stretch.End))
        .Where(edge => edge is not null && edge != DateTimeOffset.MaxValue)
        .Min();
}
