namespace RolloutWorkflows.DurableTask;

/// <summary>Compares versions of orchestrations.</summary>
public static class TaskOrchestrationVersioningUtils
{
    /// <summary>
    /// Compares two versions: empty is less than any defined version; two versions in the form of
    /// <see cref="Version"/> compare by number; all others as text without regard to case.
    /// </summary>
    /// <returns>Less than, equal to or greater than zero.</returns>
    public static int CompareVersions(string sourceVersion, string otherVersion)
    {
        bool sourceEmpty = string.IsNullOrWhiteSpace(sourceVersion);
        bool otherEmpty = string.IsNullOrWhiteSpace(otherVersion);
        if (sourceEmpty || otherEmpty)
            return (sourceEmpty ? 0 : 1) - (otherEmpty ? 0 : 1);

        return Version.TryParse(sourceVersion, out Version? source) && Version.TryParse(otherVersion, out Version? other)
            ? source.CompareTo(other)
            : string.Compare(sourceVersion, otherVersion, StringComparison.OrdinalIgnoreCase);
    }
}
