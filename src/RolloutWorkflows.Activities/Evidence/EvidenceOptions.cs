namespace RolloutWorkflows.Activities;

/// <summary>Where evidence goes beside this server's own database. Register it as a singleton before the activities.</summary>
public sealed record EvidenceOptions
{
    /// <summary>The absolute path of the folder to which every document is written; null: none.</summary>
    public string? Folder { get; init; }

    /// <summary>The name of the secret that holds the SAS URL of an Azure container; null: none.</summary>
    public string? AzureSasUrl { get; init; }

    /// <summary>The absolute path of the Markdown file in which reviews are drafted, with <c>{{summary}}</c> and other places in it; null: the standard one.</summary>
    public string? ReviewTemplate { get; init; }

    /// <summary>Where the private key lies that signs documents: ECDSA, PEM; null: they are not signed.</summary>
    public SecretLocation? SigningKey { get; init; }
}
