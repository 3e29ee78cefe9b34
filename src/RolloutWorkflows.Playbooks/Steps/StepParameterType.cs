namespace RolloutWorkflows.Playbooks.Steps;

/// <summary>The types that a configuration key can have.</summary>
public enum StepParameterType
{
    String,
    Number,
    Integer,
    Boolean,

    /// <summary>ISO-8601 or <c>30s</c>, <c>10m</c>, <c>24h</c>, <c>3d</c>, <c>2w</c>.</summary>
    Duration,

    /// <summary>A number from 0 to 100, or <c>5%</c>.</summary>
    Percent,

    /// <summary>An absolute http or https address.</summary>
    Url,

    /// <summary>A condition over <c>result</c> and <c>baseline</c>.</summary>
    Condition,

    /// <summary>The name of one of the playbook's metrics.</summary>
    MetricName,

    /// <summary>The name of one of the playbook's channels.</summary>
    ChannelName,

    /// <summary>A file, by its path below the host's folder of files.</summary>
    File,

    /// <summary>Files, by their paths below the host's folder of files.</summary>
    FileList,

    StringList,
    MetricNameList,
    ChannelNameList,

    /// <summary>People and groups, as in <c>approvers</c>.</summary>
    ApproverList,

    /// <summary>Names of persons, groups and channels that hear something.</summary>
    AddresseeList,

    /// <summary>Names to texts, such as headers.</summary>
    StringMap,

    /// <summary>What a measurement is compared with: <c>{ capture: NAME }</c> or <c>{ metric: NAME }</c>.</summary>
    Baseline,

    /// <summary>Anything; the kind itself checks it.</summary>
    Any,
}
