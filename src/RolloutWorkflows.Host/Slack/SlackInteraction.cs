using System.Text.Json;

namespace RolloutWorkflows.Host;

/// <summary>What somebody did with a message or dialog of ours, as Slack describes it.</summary>
internal abstract record SlackInteraction
{
    public const string Click = "block_actions";

    public const string Submission = "view_submission";

    public required SlackSender Sender { get; init; }

    /// <summary>Reads a payload; null where it is of a kind that nobody here waits for.</summary>
    /// <exception cref="ProblemException">400: it is not what Slack documents.</exception>
    public static SlackInteraction? Read(JsonElement payload)
    {
        var type = SlackJson.Require(SlackJson.Text(payload, "type"), "type");
        if (type is not (Click or Submission)) return null;
        var user = SlackJson.Object(payload, "user");
        var sender = new SlackSender
        {
            Team = SlackJson.Id(SlackJson.Object(payload, "team"), "id"),
            Enterprise = SlackJson.Id(SlackJson.Object(payload, "enterprise"), "id"),
            HomeTeam = SlackJson.Id(user, "team_id"),
            User = SlackJson.Require(SlackJson.Id(user, "id"), "user.id"),
            Name = SlackJson.Text(user, "username") ?? SlackJson.Text(user, "name"),
            App = SlackJson.Id(payload, "api_app_id"),
        };
        return type == Click ? SlackClick.Read(payload, sender) : SlackSubmission.Read(payload, sender);
    }
}
