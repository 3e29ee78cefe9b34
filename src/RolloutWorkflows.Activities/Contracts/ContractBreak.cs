namespace RolloutWorkflows.Activities;

/// <summary>One thing that a description promises otherwise than the canonical one.</summary>
/// <param name="Pointer">Where it stands, as a JSON pointer: in the canonical description, or in the service's where only that one has it.</param>
/// <param name="Expected">What the canonical description says.</param>
/// <param name="Got">What the service's says.</param>
internal sealed record ContractBreak(string Pointer, string Expected, string Got)
{
    public override string ToString() => $"{Pointer}: expected {Expected}, got {Got}";
}
