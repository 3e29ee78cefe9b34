using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RolloutWorkflows.DurableTask.Tests.Conformance;

/// <summary>Keeps the log lines of a host for a test to read.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<Line> _lines = new();

    /// <summary>The lines of an event, oldest first.</summary>
    public IReadOnlyList<Line> Of(string eventName) => [.. _lines.Where(line => line.EventName == eventName)];

    /// <summary>The lines of a category, oldest first.</summary>
    public IReadOnlyList<string> TextsOf(string category) => [.. _lines.Where(line => line.Category == category).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    /// <summary>One line of a log.</summary>
    internal sealed record Line(string Category, string? EventName, string Text, Exception? Error);

    private sealed class Logger(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            recorder._lines.Enqueue(new(category, eventId.Name, formatter(state, exception), exception));
    }
}
