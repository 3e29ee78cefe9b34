using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace RolloutWorkflows.Activities;

/// <summary>What a message looks like, as a digest: one that looks the same is not sent again.</summary>
internal static class SlackLooks
{
    public static string Of(JsonArray blocks) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(blocks.ToJsonString())))[..16];
}
