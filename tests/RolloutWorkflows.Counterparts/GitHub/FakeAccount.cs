namespace RolloutWorkflows.Counterparts;

/// <summary>An account at the fake GitHub.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Login">Its name.</param>
/// <param name="Type"><c>User</c> or <c>Bot</c>.</param>
public sealed record FakeAccount(long Id, string Login, string Type = "User");
