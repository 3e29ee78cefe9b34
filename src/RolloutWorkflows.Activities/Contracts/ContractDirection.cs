namespace RolloutWorkflows.Activities;

/// <summary>Which way a schema's values go: what is harmless in one direction breaks clients in the other.</summary>
internal enum ContractDirection
{
    /// <summary>From clients to the service, which must take all that it took.</summary>
    Request,

    /// <summary>From the service to clients, who must get nothing that they do not know.</summary>
    Answer,
}
