namespace RolloutWorkflows.Activities;

/// <summary>What Slack's failures mean for a delivery.</summary>
internal static class SlackDeliveries
{
    /// <summary>Carries out what asks Slack; a failure becomes a delivery that is tried again, or parked.</summary>
    public static async Task<Delivery> TryAsync(Func<Task<Delivery>> deliver)
    {
        try
        {
            return await deliver();
        }
        catch (SlackException failure)
        {
            // A token can be mended without anything being lost, so nothing is parked for it.
            return failure.Problem == SlackProblem.Refused ? Delivery.Refused(failure.Message) : Delivery.Later(failure.Message, failure.After);
        }
    }
}
