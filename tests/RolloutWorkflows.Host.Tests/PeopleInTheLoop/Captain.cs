namespace RolloutWorkflows.Host.Tests.PeopleInTheLoop;

/// <summary>A person, by every account that they have.</summary>
/// <param name="Name">As <c>people.yaml</c> names them.</param>
/// <param name="GitHub">The number of their account at GitHub.</param>
/// <param name="Slack">Their id in the workspace.</param>
internal sealed record Captain(string Name, long GitHub, string Slack)
{
    /// <summary>Starts the runs, and so has no vote.</summary>
    public static readonly Captain Olga = new("olga", 100, "U0OLGA");

    public static readonly Captain Ada = new("ada", 101, "U0ADA");

    public static readonly Captain Grace = new("grace", 102, "U0GRACE");

    public static readonly Captain Linus = new("linus", 103, "U0LINUS");

    /// <summary>Has accounts in both places, and is none of the people.</summary>
    public static readonly Captain Mallory = new("mallory", 666, "U0MALLORY");

    /// <summary>Those who are asked.</summary>
    public static readonly IReadOnlyList<Captain> Asked = [Ada, Grace, Linus];
}
