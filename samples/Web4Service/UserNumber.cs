namespace Web4Service;

/// <summary>A number that stays with a user, for what differs from one to the next.</summary>
internal static class UserNumber
{
    public static int Of(string user) => user.Aggregate(17, (number, letter) => (number * 31 + letter) & 0x7fffff);
}
