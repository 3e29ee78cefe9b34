using System.Text.Json.Serialization;

namespace RolloutWorkflows.Activities;

/// <summary>Why a user has a flag or has it not.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FlagReason>))]
public enum FlagReason
{
    /// <summary>The flag is off for everybody.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,

    /// <summary>A boolean flag is on for everybody.</summary>
    [JsonStringEnumMemberName("enabled")]
    Enabled,

    /// <summary>The user is on the canary's allowlist.</summary>
    [JsonStringEnumMemberName("canary")]
    Canary,

    /// <summary>The user's place decides.</summary>
    [JsonStringEnumMemberName("percentage")]
    Percentage,
}
