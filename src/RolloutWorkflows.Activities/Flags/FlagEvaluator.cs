using System.Globalization;

namespace RolloutWorkflows.Activities;

/// <summary>Decides whether a user has a flag. Pure: the same flag and user give the same answer everywhere.</summary>
public static class FlagEvaluator
{
    /// <summary>Whether the user has the flag.</summary>
    public static bool IsOn(FlagState flag, string user) => Decide(flag, user).Value;

    /// <summary>Whether the user has the flag, and why.</summary>
    public static FlagExplanation Explain(FlagState flag, string user)
    {
        var (value, reason) = Decide(flag, user);
        var bucket = FlagBucket.Of(flag.Name, user);
        var percent = flag.Kind == FlagKind.Percentage ? flag.Percent : flag.Enabled ? 100 : 0;
        return new FlagExplanation
        {
            Flag = flag.Name,
            User = user,
            Value = value,
            Reason = reason,
            Enabled = flag.Enabled,
            Bucket = bucket,
            Percent = percent,
            CanaryEnabled = flag.Canary.Enabled,
            OnAllowlist = flag.Canary.Users.Contains(user),
            Version = flag.Version,
            Because = Sentence(flag, reason, value, bucket),
        };
    }

    private static (bool Value, FlagReason Reason) Decide(FlagState flag, string user)
    {
        if (!flag.Enabled) return (false, FlagReason.Disabled);
        if (flag.Kind == FlagKind.Boolean) return (true, FlagReason.Enabled);
        if (flag.Canary.Enabled && flag.Canary.Users.Contains(user)) return (true, FlagReason.Canary);
        return (FlagBucket.IsWithin(flag.Name, user, flag.Percent), FlagReason.Percentage);
    }

    private static string Sentence(FlagState flag, FlagReason reason, bool value, long bucket) => reason switch
    {
        FlagReason.Disabled => "The flag is off for everybody.",
        FlagReason.Enabled => "The flag is on for everybody.",
        FlagReason.Canary => "The user is on the canary's allowlist.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"The user stands at {bucket / 1000d:0.000} of 100 and the flag is at {flag.Percent:0.######} %: {(value ? "within" : "beyond")} it."),
    };
}
