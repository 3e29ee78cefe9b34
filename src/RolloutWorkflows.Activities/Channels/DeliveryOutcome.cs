namespace RolloutWorkflows.Activities;

/// <summary>What became of a delivery.</summary>
internal enum DeliveryOutcome
{
    Delivered,
    Later,
    Refused,
}
