using RolloutWorkflows.Playbooks.Problems;
using RolloutWorkflows.Playbooks.Steps;
using RolloutWorkflows.Playbooks.Yaml;

namespace RolloutWorkflows.Playbooks.Validation;

/// <summary>What every rule looks at. Parts of the playbook may be missing where the file does not fit the grammar.</summary>
internal sealed record RuleContext(Playbook Playbook, IStepCatalog Catalog, SourceMap Map, ProblemList Problems);
