using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities.Tests;

/// <summary><c>shell/run</c> of a program that writes down that it ran.</summary>
internal sealed class CommandKind : OnceKind
{
    private readonly CommandRig commands = new CommandRig()
        .Allow("do", "echo do >> done")
        .Allow("undo", "[ ! -e broken ] && echo undo >> done");

    public override IReadOnlyList<string> Done => commands.LinesOf("done");

    protected override StepRig Rig => commands.Rig;

    protected override string Uses => "shell/run";

    protected override object Doing => new { command = "do" };

    protected override object Undoing => new { command = "undo" };

    public override void Refuse() => commands.Allow("do", "", command => command with { WorkingDirectory = commands.PathOf("nowhere") });

    public override void FailUndo(bool fails)
    {
        if (fails) File.WriteAllText(commands.PathOf("broken"), "");
        else File.Delete(commands.PathOf("broken"));
    }

    public override ValueTask ForgetSendingAsync(EffectRecord effect) =>
        Journal.SettleAsync(effect.EffectId, EffectState.Intended, (CommandTry.Of(effect) with { Started = false }).ToJson());

    public override ValueTask DisposeAsync()
    {
        commands.Dispose();
        return ValueTask.CompletedTask;
    }
}
