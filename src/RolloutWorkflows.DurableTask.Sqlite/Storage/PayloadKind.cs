namespace RolloutWorkflows.DurableTask.Sqlite;

/// <summary>Which value of an instance a payload row holds. The numbers are stored and never change.</summary>
internal enum PayloadKind
{
    Input = 1,
    Output = 2,
    Failure = 3,
    CustomStatus = 4,
    Tags = 5,
    HistoryEvents = 10,
    ActivityInput = 11,
    Message = 12,
}
