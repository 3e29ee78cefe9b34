using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RolloutWorkflows.CommandRunner;
using RolloutWorkflows.Orchestrations;
using RolloutWorkflows.Playbooks;

namespace RolloutWorkflows.Activities;

/// <summary>Single runs of a scenario, by command or by request.</summary>
internal sealed class ScenarioRuns(AllowedCommands commands, OutboundHttp http, SecretHeaders secrets, TimeProvider time)
{
    private const string Iteration = "{iteration}";
    private const int MaximumBytes = 64 * 1024;
    private const int ShownCharacters = 200;
    private const int DigestDigits = 16;

    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(30);

    /// <summary>Carries out one run.</summary>
    /// <returns>What went wrong; null where nothing did.</returns>
    /// <exception cref="CommandException">The command is not allowed, or there is none.</exception>
    /// <exception cref="SecretException">A secret is not granted, or cannot be had.</exception>
    /// <exception cref="OutboundException">Nothing could be sent.</exception>
    public Task<string?> RunAsync(StepCall<ScenarioRepeatStep> call, int number, CancellationToken cancellation)
    {
        var limit = call.Step.RunTimeout < LongestRun ? call.Step.RunTimeout : LongestRun;
        return call.Step.Command is { } command ? CommandAsync(call, command, number, limit, cancellation) : RequestAsync(call, call.Step.Url!, number, limit, cancellation);
    }

    private async Task<string?> CommandAsync(StepCall<ScenarioRepeatStep> call, string name, int number, TimeSpan limit, CancellationToken cancellation)
    {
        var step = call.Step;
        var prepared = await commands.PrepareAsync(call.Request.Playbook, isUndo: false, name, [.. step.Arguments.Select(argument => Number(argument, number))], step.Environment, limit, cancellation);
        prepared = prepared with { Environment = new Dictionary<string, string>(prepared.Environment) { ["SCENARIO_ITERATION"] = number.ToString(CultureInfo.InvariantCulture) } };
        var result = await CommandProcess.RunAsync(prepared.ToStart(), prepared.Timeout, prepared.Tail(), time, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return result switch
        {
            { End: CommandEnd.Exited, ExitCode: 0 } => null,
            { End: CommandEnd.NotStarted } => throw new CommandException($"command '{name}' could not be started: {result.Problem}"),
            { End: CommandEnd.TimedOut } => $"did not end within {PlaybookDuration.Format(prepared.Timeout)}{Said(result.Output)}",
            _ => $"ended with {result.ExitCode}{Said(result.Output)}",
        };
    }

    private async Task<string?> RequestAsync(StepCall<ScenarioRepeatStep> call, Uri url, int number, TimeSpan limit, CancellationToken cancellation)
    {
        var step = call.Step;
        var address = new Uri(Number(url.AbsoluteUri.Replace(Uri.EscapeDataString(Iteration), Iteration, StringComparison.OrdinalIgnoreCase), number));
        var headers = await secrets.ResolveAsync(call.Request.Playbook, address, step.Headers, cancellation);
        using var request = new HttpRequestMessage(new HttpMethod(step.Method), address);
        if (step.Body is { } body) request.Content = new StringContent(Number(body, number), Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers.Headers) request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", KeyOf(call.Request, address, number));
        OutboundAnswer answer;
        try
        {
            answer = await http.SendForAsync(call.Request.Playbook, request, limit, MaximumBytes, cancellation);
        }
        catch (OutboundException none) when (!none.NotSent)
        {
            return none.Message;
        }

        var passed = step.ExpectStatus is { } expected ? answer.Status == expected : answer.IsSuccess;
        return passed ? null : $"answered {answer.Status}; expected {step.ExpectStatus?.ToString(CultureInfo.InvariantCulture) ?? "2xx"}{Said(headers.MaskText(answer.Text))}";
    }

    /// <summary>The same where a crash makes a run begin again; another for each try of the step, each measurement of a guardrail, and each item of a forEach.</summary>
    private static string KeyOf(StepRequest request, Uri address, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"{request.RunId}/{request.Stage}/{request.Attempt}/{request.Epoch}/{request.StepId}/{(request.StartedAt ?? request.At)?.UtcTicks}/{DigestOf(address)}/{number}");

    private static string DigestOf(Uri address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..DigestDigits];

    private static string Number(string text, int number) => text.Replace(Iteration, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Said(string output)
    {
        // What it said comes from outside: one line of it, without what would steer a terminal.
        var tail = new OutputTail(ShownCharacters, []);
        tail.Append(output);
        return tail.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is [.., var last] ? $": {last}" : "";
    }
}
