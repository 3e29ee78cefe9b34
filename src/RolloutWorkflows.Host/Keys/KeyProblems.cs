using System.Globalization;

namespace RolloutWorkflows.Host;

/// <summary>Why somebody is not let in, and what would help. None of them says anything about a key that was sent.</summary>
internal static class KeyProblems
{
    private static readonly Dictionary<string, string> AskForBearer = new() { ["WWW-Authenticate"] = "Bearer" };

    public static ProblemException NoKeysYet() => Unauthorized("no-keys", "This server has no keys yet", "Without keys the server only lets people on this machine read; whatever changes something needs a key.",
        "Make the first one where the server runs: rollout keys add NAME --role admin. The server need not be restarted.");

    public static ProblemException Missing() => Unauthorized("key-missing", "A key is needed", "The request has no key.",
        "Send the header 'Authorization: Bearer KEY' (command line: the environment's ROLLOUT_KEY, --key-file FILE, or `rollout login`). Whoever runs the server makes keys: rollout keys add NAME.");

    public static ProblemException Malformed() => Unauthorized("key-missing", "A key is needed", "The Authorization header is not 'Bearer KEY', once.",
        "Send exactly one header 'Authorization: Bearer KEY'.");

    public static ProblemException Unknown() => Unauthorized("key-unknown", "The key is not known", "The key that was sent is none of this server's.",
        "Check that it was copied whole and belongs to this server; otherwise ask whoever runs the server for another: rollout keys add NAME.");

    public static ProblemException NotValid(StoredKey key) => key.RevokedAt is { } revoked
        ? Unauthorized("key-revoked", "The key was revoked", $"Key {key.Id} of {key.Holder} was revoked at {Moment(revoked)}.", "Ask whoever runs the server for another: rollout keys add NAME.")
        : Unauthorized("key-expired", "The key has expired", $"Key {key.Id} of {key.Holder} expired at {Moment(key.ExpiresAt ?? default)}.", "Ask whoever runs the server for another: rollout keys add NAME --expires 90d.");

    public static ProblemException TooManyFailures(TimeSpan wait) => Problems.Of(429, "too-many-failed-keys", "Too many keys failed", "Too many keys that are none of this server's came from this address.", "Wait as long as Retry-After says, and send the right key; a valid key is let in at any time.")
        .With("Retry-After", Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));

    public static ProblemException NotPermitted(Caller caller, string what, KeyRole needed) => Problems.Of(403, "not-permitted", "The key does not open this",
        $"{Sentence(what)} needs a key of role {Word(needed)}; the key of {caller.Owner} has a lesser one. Nothing was changed.", $"Whoever runs the server makes keys: rollout keys add {caller.Owner.Name} --role {Word(needed)}{(caller.IsService ? " --service" : "")}.");

    public static ProblemException NoVote(Caller caller, string what) => Problems.Of(403, "services-cannot-vote", "Services do not decide",
        $"The key belongs to {caller.Owner}; {what} is a decision of people. Nothing was changed.", "Let a person do it with a key of their own.");

    public static ProblemException OtherActor(Caller caller, string named) => Problems.Of(403, "actor-mismatch", "The key belongs to somebody else",
        $"The request names '{named}' and the key belongs to {caller.Owner}. Nothing was changed.", "Leave 'as' out (command line: --as), or use the key of whom it names.");

    public static ProblemException InUrl() => Problems.Of(400, "key-in-url", "A key stands in the address",
        "A key never goes into an address, where logs and histories keep it; the request was not looked at.", "Send it in the Authorization header. Take the key for known to others: revoke it (rollout keys revoke ID) and make another.");

    public static ProblemException InBody() => Problems.Of(400, "key-in-body", "A key stands in the body",
        "A key never goes into a body, which may be recorded; nothing was stored.", "Send it in the Authorization header only.");

    public static ProblemException Unreadable() => Problems.Of(503, "keys-unreadable", "The keys cannot be read",
        "The server's keys.json cannot be used, so nobody is let in. Runs go on by themselves.", "The server's log says what is wrong with the file; once it is mended the server takes it at once.");

    private static ProblemException Unauthorized(string code, string title, string detail, string remedy) =>
        new ProblemException(new ApiProblem { Code = code, Title = title, Status = 401, Detail = detail, Remedy = remedy }) { Headers = AskForBearer };

    private static string Word(KeyRole role) => role.ToString().ToLowerInvariant();

    private static string Sentence(string what) => char.ToUpperInvariant(what[0]) + what[1..];

    private static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
