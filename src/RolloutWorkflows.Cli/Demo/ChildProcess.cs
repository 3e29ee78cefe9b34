using System.Diagnostics;

namespace RolloutWorkflows.Cli;

/// <summary>
/// A program that the demo runs beside itself. Its standard input is a pipe from here and it stops when that ends, so
/// it cannot outlive the demo, however the demo ends. What it writes goes into a log file.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private readonly Process process;
    private readonly StreamWriter log;
    private readonly Lock writing = new();
    private readonly TaskCompletionSource<string> firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider time;

    private ChildProcess(Process process, string name, string logFile, TimeProvider time)
    {
        this.process = process;
        this.time = time;
        Name = name;
        LogFile = logFile;
        log = new StreamWriter(logFile) { AutoFlush = true };
    }

    public string Name { get; }

    public string LogFile { get; }

    public bool HasExited => process.HasExited;

    /// <summary>Starts a .NET program by its assembly, with these variables beside its environment.</summary>
    public static ChildProcess Start(string name, string assembly, IEnumerable<string> arguments, string folder, TimeProvider time, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // Addresses and keys of the caller's environment are not meant for the demo's own programs.
        foreach (var inherited in new[] { "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "HTTP_PORTS", "DOTNET_URLS", ServerKey.Variable }) start.Environment.Remove(inherited);
        foreach (var (variable, value) in environment ?? new Dictionary<string, string>()) start.Environment[variable] = value;

        var child = new ChildProcess(new Process { StartInfo = start }, name, Path.Combine(folder, $"{name}.log"), time);
        child.process.OutputDataReceived += (_, line) => child.Take(line.Data, isOutput: true);
        child.process.ErrorDataReceived += (_, line) => child.Take(line.Data, isOutput: false);
        child.process.Start();
        child.process.BeginOutputReadLine();
        child.process.BeginErrorReadLine();
        return child;
    }

    /// <summary>The address at which it serves: the last word of its first line of output.</summary>
    /// <exception cref="CommandFailedException">It ended or said nothing in time.</exception>
    public async Task<Uri> AddressAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(StartPatience);
        var exited = process.WaitForExitAsync(patience.Token);
        await Task.WhenAny(firstLine.Task, exited);
        cancellation.ThrowIfCancellationRequested();
        if (firstLine.Task.IsCompletedSuccessfully && Uri.TryCreate(firstLine.Task.Result.Split(' ')[^1], UriKind.Absolute, out var address)) return address;
        throw new CommandFailedException(ExitCode.No, $"the demo's {Name} did not start{(process.HasExited ? $" (it ended with {process.ExitCode})" : $" within {Spans.Of(StartPatience)}")}. It said:{Environment.NewLine}{Tail()}");
    }

    /// <summary>Says a line to its standard input.</summary>
    public async Task TellAsync(string line, CancellationToken cancellation)
    {
        await process.StandardInput.WriteLineAsync(line.AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation);
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    /// <summary>The last lines that it wrote.</summary>
    public string Tail(int lines = 15)
    {
        lock (writing) log.Flush();
        using var reader = new StreamReader(new FileStream(LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return string.Join(Environment.NewLine, reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(lines).Select(line => "  " + line.TrimEnd('\r')));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            CloseInput();
            using var patience = new CancellationTokenSource(StopPatience, time);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        process.Dispose();
        lock (writing) log.Dispose();
    }

    private void CloseInput()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended in the same moment.
        }
    }

    private void Take(string? line, bool isOutput)
    {
        if (line is null) return;
        lock (writing)
        {
            // Lines may still arrive while it is put away.
            if (log.BaseStream is { CanWrite: true }) log.WriteLine(line);
        }

        if (isOutput) firstLine.TrySetResult(line.Trim());
    }
}
