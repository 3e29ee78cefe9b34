namespace RolloutWorkflows.Cli;

/// <summary>All demos, each with a sentence, and what can go wrong in them.</summary>
internal static class DemoList
{
    /// <summary>The same for scripts.</summary>
    public static object Of(IReadOnlyList<DemoScene> scenes) => new
    {
        demos = scenes.Select(scene => new
        {
            playbook = scene.Playbook,
            isDefault = scene.Playbook == DemoScenes.Default,
            sentence = scene.Sentence,
            faults = scene.Faults.Select(fault => new { name = fault.Name, sentence = fault.Sentence, expected = fault.Expected }).ToList(),
        }).ToList(),
    };

    public static void Write(IReadOnlyList<DemoScene> scenes, Terminal terminal)
    {
        foreach (var scene in scenes)
        {
            terminal.Line($"{scene.Playbook}{(scene.Playbook == DemoScenes.Default ? " (default)" : "")}");
            terminal.Line($"  {scene.Sentence}");
            var width = scene.Faults.Select(fault => fault.Name.Length).DefaultIfEmpty().Max();
            foreach (var fault in scene.Faults) terminal.Line($"    {fault.Name.PadRight(width)}  {fault.Sentence}");
        }

        terminal.Line();
        terminal.Line("./rollout demo --playbook NAME [--fault FAULT] [--yes]");
    }
}
