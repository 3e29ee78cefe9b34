using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using RolloutWorkflows.Orchestrations;

namespace RolloutWorkflows.Activities;

/// <summary>Carries out <c>openapi/contract</c>: a break of the contract, or an old call that is answered otherwise, is Failed; what cannot be read or reached is Errored.</summary>
internal sealed class OpenApiContractActivity(OutboundHttp http, SecretHeaders secrets, GrantedFiles files, TimeProvider time, ILogger<OpenApiContractActivity> logger)
    : StepActivity<OpenApiContractStep>(time, logger)
{
    private const int MaximumDescription = 2 * 1024 * 1024;
    private const int MaximumAnswer = 256 * 1024;
    private const int MaximumTold = 50;
    private const int MaximumKept = 100;
    private const int AtOnce = 8;

    private static readonly TimeSpan DescriptionTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);

    protected override async Task<StepResult> ExecuteAsync(StepCall<OpenApiContractStep> call, CancellationToken cancellation)
    {
        var step = call.Step;
        if (OutboundRequests.ProblemOf(step.Headers, ownName: null) is { } unusable) return Errored(unusable);
        try
        {
            var canonical = await ReadFileAsync(call, step.Canonical, cancellation);
            var previous = step.Previous is { } file ? await ReadFileAsync(call, file, cancellation) : null;
            var shims = ShimCall.Of(step, previous, out var problem);
            if (problem is not null) return Errored($"{problem}.");

            var service = await FetchAsync(call, cancellation);
            var findings = Named(PlaceOf(step.Url), () => ContractComparison.Compare(canonical, service));
            var breaks = findings.Breaks.Concat(step.AllowAdditions ? [] : findings.Additions).Distinct().Select(found => found.ToString()).ToList();
            var (wrong, unanswered) = await TryAsync(call, shims, cancellation);
            return Judge(step, [.. breaks, .. wrong], unanswered, findings.Additions.Distinct().Count(), shims.Count);
        }
        catch (ContractException unreadable)
        {
            return Errored($"{unreadable.Message}.");
        }
        catch (PlaybookFileException unusableFile)
        {
            return Errored(unusableFile.Sentence);
        }
        catch (OutboundException none)
        {
            return Errored($"{PlaceOf(step.Url)}: {none.Message}.");
        }
    }

    private static StepResult Judge(OpenApiContractStep step, IReadOnlyList<string> breaks, IReadOnlyList<string> unanswered, int additions, int shims)
    {
        (string, object?)[] outputs = [("breaks", breaks.Take(MaximumKept)), ("additions", additions), ("shims", shims)];
        var place = PlaceOf(step.Url);
        if (breaks.Count > 0)
        {
            var more = breaks.Count > MaximumTold ? $"; and {breaks.Count - MaximumTold} more" : "";
            return Failed($"{place} breaks the contract of {step.Canonical} in {breaks.Count} place{(breaks.Count == 1 ? "" : "s")}: {string.Join("; ", breaks.Take(MaximumTold))}{more}.", outputs);
        }

        if (unanswered.Count > 0) return Errored($"{place} keeps the contract of {step.Canonical}, but old clients' calls had no answer: {string.Join("; ", unanswered.Take(5))}.", outputs);
        var added = additions == 0 ? "" : $", with {additions} addition{(additions == 1 ? "" : "s")}";
        var told = shims == 0 ? "" : $"; {shims} call{(shims == 1 ? "" : "s")} of old clients {(shims == 1 ? "is" : "are")} answered{(step.Previous is { } previous ? $" as {previous} says" : "")}";
        return Passed($"{place} keeps the contract of {step.Canonical}{added}{told}.", outputs);
    }

    private async Task<(IReadOnlyList<string> Wrong, IReadOnlyList<string> Unanswered)> TryAsync(StepCall<OpenApiContractStep> call, IReadOnlyList<ShimCall> shims, CancellationToken cancellation)
    {
        var (wrong, unanswered) = (new ConcurrentDictionary<int, string>(), new ConcurrentDictionary<int, string>());
        await Parallel.ForEachAsync(shims.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (numbered, stopping) =>
        {
            var (index, shim) = numbered;
            try
            {
                var answer = await AskAsync(call, shim.Method, shim.Address, CallTimeout, MaximumAnswer, stopping);
                if (shim.ProblemOf(answer) is { } problem) wrong[index] = $"{shim}: {problem}";
            }
            catch (OutboundException none)
            {
                unanswered[index] = $"{shim}: {none.Message}";
            }
        });
        return ([.. wrong.OrderBy(entry => entry.Key).Select(entry => entry.Value)], [.. unanswered.OrderBy(entry => entry.Key).Select(entry => entry.Value)]);
    }

    private async Task<ContractDocument> FetchAsync(StepCall<OpenApiContractStep> call, CancellationToken cancellation)
    {
        var place = PlaceOf(call.Step.Url);
        var answer = await AskAsync(call, HttpMethod.Get, call.Step.Url, DescriptionTimeout, MaximumDescription, cancellation);
        if (!answer.IsSuccess) throw new ContractException($"{place} answered {answer.Status}; expected its OpenAPI description");
        if (answer.Truncated) throw new ContractException($"{place} answered with more than {MaximumDescription / 1024 / 1024} MiB");
        return Named(place, () => ContractDocument.Read(Encoding.UTF8.GetString(answer.Body)));
    }

    private async Task<OutboundAnswer> AskAsync(StepCall<OpenApiContractStep> call, HttpMethod method, Uri address, TimeSpan timeout, int maximumBytes, CancellationToken cancellation)
    {
        var headers = await secrets.ResolveAsync(call.Request.Playbook, address, call.Step.Headers, cancellation);
        using var request = OutboundRequests.Of(method.Method, address, body: null, headers);
        return await http.SendForAsync(call.Request.Playbook, request, timeout, maximumBytes, cancellation);
    }

    private async Task<ContractDocument> ReadFileAsync(StepCall<OpenApiContractStep> call, string file, CancellationToken cancellation)
    {
        var text = await files.ReadTextAsync(call.Request.Playbook, file, cancellation);
        return Named($"file {file}", () => ContractDocument.Read(text));
    }

    /// <summary>Says of which description something is said.</summary>
    private static T Named<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ContractException unreadable)
        {
            throw new ContractException($"{what} {unreadable.Message}");
        }
    }

    private static string PlaceOf(Uri address) => address.GetLeftPart(UriPartial.Path);
}
