using RolloutWorkflows.Host;

namespace RolloutWorkflows.Cli;

/// <summary>What to do about a server's problem, said in commands: the server itself speaks of requests.</summary>
internal static class CommandRemedies
{
    public static string? For(ApiProblem problem, string command) => problem.Code switch
    {
        "bad-request" => $"Try: {command} --help",
        "no-keys" => "Where the server runs: rollout keys add NAME --role admin. Then: rollout login, or set ROLLOUT_KEY.",
        "key-missing" => "Give your key: rollout login, the environment's ROLLOUT_KEY, or --key-file FILE. Whoever runs the server makes one: rollout keys add NAME",
        "actor-mismatch" => "Leave --as out, or use the key of whom it names.",
        "playbook-not-found" or "inputs-invalid" => "`rollout playbooks` lists the server's playbooks and their inputs.",
        "run-not-found" => "`rollout list` shows the runs.",
        "flag-not-found" => "`rollout flags list` shows the flags; `rollout flags rollout FLAG PERCENT` makes one.",
        "command-refused" => "`rollout status` shows where the run stands.",
        "command-id-used" => "Give a fresh --command-id, or leave it out.",
        "no-time-compression" => "Leave --time-compression out; for demonstrations: rollout serve --allow-time-compression",
        _ => problem.Remedy,
    };
}
