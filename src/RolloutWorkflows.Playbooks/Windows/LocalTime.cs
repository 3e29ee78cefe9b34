namespace RolloutWorkflows.Playbooks;

/// <summary>From local times to moments, through the times that do not exist or exist twice.</summary>
internal static class LocalTime
{
    /// <summary>In a gap, be it an hour of daylight saving or a day that a zone skipped, the next valid minute; in an overlap the first of the two.</summary>
    public static DateTimeOffset ToMoment(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (true)
        {
            // The first of two equal local times is the one with the larger offset from UTC.
            var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
            var moment = new DateTimeOffset(local, offset).ToUniversalTime();
            // What nobody's clock there ever showed does not come back as it was.
            if (TimeZoneInfo.ConvertTime(moment, zone).DateTime == local) return moment;
            local = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified).AddMinutes(1);
        }
    }

    public static DateTime DateAt(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).Date;
}
