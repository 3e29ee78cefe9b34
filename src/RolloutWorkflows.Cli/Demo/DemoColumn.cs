namespace RolloutWorkflows.Cli;

/// <summary>A guardrail's highest and last value per stage, as a column at the end.</summary>
/// <param name="Guardrail">The guardrail's name.</param>
/// <param name="Header">The column's header, such as <c>ERRORS</c>.</param>
/// <param name="IsShare">True: values are shares of 1, shown as percents.</param>
internal sealed record DemoColumn(string Guardrail, string Header, bool IsShare = true);
