using System.Globalization;

namespace RolloutWorkflows.Playbooks;

/// <summary>Moments as people read them: the one that is the same everywhere, and the one on the clock where the windows are.</summary>
public sealed partial class WindowCalendar
{
    /// <summary>The moment in UTC and, for each other zone of its windows, there: <c>2026-03-02 13:00 UTC (14:00 in Europe/Berlin)</c>.</summary>
    public string Text(DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        var zones = _windows.Select(window => window.Zone).Where(zone => zone.Id != TimeZoneInfo.Utc.Id && zone.Id != "Etc/UTC").DistinctBy(zone => zone.Id).ToList();
        var there = zones.Select(zone => $"{Local(TimeZoneInfo.ConvertTime(at, zone).DateTime, utc)} in {zone.Id}");
        var text = string.Create(CultureInfo.InvariantCulture, $"{utc:yyyy-MM-dd HH:mm} UTC");
        return zones.Count == 0 ? text : $"{text} ({string.Join(", ", there)})";
    }

    private static string Local(DateTime local, DateTime utc) =>
        local.ToString(local.Date == utc.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
