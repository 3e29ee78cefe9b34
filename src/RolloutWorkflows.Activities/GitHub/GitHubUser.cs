namespace RolloutWorkflows.Activities;

/// <summary>An account.</summary>
/// <param name="Id">Its number, which stays when the login changes hands.</param>
/// <param name="Login">The name by which people know it, for texts only.</param>
/// <param name="Type"><c>User</c>, <c>Bot</c>, <c>Organization</c> or <c>Mannequin</c>.</param>
public sealed record GitHubUser(long Id, string Login, string Type)
{
    /// <summary>True for a person's account.</summary>
    public bool IsPerson => Type == "User";
}
