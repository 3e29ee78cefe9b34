namespace RolloutWorkflows.Playbooks;

/// <summary>From local times to moments, through the two hours a year that do not exist or exist twice.</summary>
internal static class LocalTime
{
    /// <summary>In a daylight-saving gap the next valid minute; in an overlap the first of the two.</summary>
    public static DateTimeOffset ToMoment(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) local = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        // The first of two equal local times is the one with the larger offset from UTC.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public static DateTime DateAt(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).Date;
}
