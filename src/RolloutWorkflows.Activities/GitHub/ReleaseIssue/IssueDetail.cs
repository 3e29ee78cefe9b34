namespace RolloutWorkflows.Activities;

/// <summary>How much of a run its block shows, from all to nothing: what a body has room for.</summary>
internal enum IssueDetail
{
    Full,

    /// <summary>Without what steps said and what people gave as reasons.</summary>
    WithoutMessages,

    /// <summary>Only stages in hand, rolled back or stopped are shown with their boxes.</summary>
    StagesInHand,

    /// <summary>Only what people can answer now.</summary>
    OpenQuestions,

    /// <summary>Only where to look instead.</summary>
    Notice,
}
