namespace RolloutWorkflows.Host;

/// <summary>How a connection of Socket Mode came to its end.</summary>
internal enum SlackSocketEnding
{
    /// <summary>It broke, or Slack closed it without a word.</summary>
    Broken,

    /// <summary>Slack will close it soon: another one is opened first.</summary>
    Replaced,

    /// <summary>Somebody switched Socket Mode off in the app's settings.</summary>
    SwitchedOff,
}
