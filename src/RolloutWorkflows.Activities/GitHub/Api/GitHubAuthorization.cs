namespace RolloutWorkflows.Activities;

/// <summary>What a request is signed with.</summary>
/// <param name="Identity">Whose limits it counts against.</param>
/// <param name="Token">The token; never shown.</param>
/// <param name="Renewable">True: where GitHub refuses it another can be had.</param>
internal sealed record GitHubAuthorization(string Identity, string Token, bool Renewable)
{
    public override string ToString() => Identity;
}
