namespace RolloutWorkflows.Activities;

/// <summary>Where an address lies, as far as requests of playbooks are concerned.</summary>
internal enum Reach
{
    /// <summary>Out in the world.</summary>
    Public,

    /// <summary>On this machine or in its own network: reached only where the grant allows it.</summary>
    Private,

    /// <summary>Never reached: link-local, where cloud machines keep their credentials, multicast, and what embeds another address.</summary>
    Forbidden,
}
