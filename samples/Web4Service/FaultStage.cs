namespace Web4Service;

/// <summary>How far the feature must have spread before its bug can be seen.</summary>
internal enum FaultStage
{
    None,
    Canary,
    OnePercent,
    TenPercent,
    FiftyPercent,
    Full,
}
