using System.Text;
using System.Threading.Channels;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace LlamaGate.Api.Logging;

/// <summary>
/// Moves log writing off the requests' threads: its own thread formats queued events and passes the lines to each target in one piece.
/// An event costs its request a place in a queue and, at most once per batch, a signal. When the targets cannot keep up, events
/// are dropped instead of delaying requests, and the log says how many.
/// </summary>
internal sealed class BackgroundSink : ILogEventSink, IDisposable
{
    private const int MaxWaiting = 10_000;

    /// <summary>The amount of text that is passed on before more is formatted, which limits the memory of a burst.</summary>
    private const int MaxCharacters = 64 * 1024;

    private static readonly MessageTemplate Dropped = new MessageTemplateParser().Parse(
        "{Dropped} log lines were dropped: stdout or LOG_FILE does not take them as fast as they come");

    private static readonly MessageTemplate Unwritten = new MessageTemplateParser().Parse(
        "{Unwritten} log lines could not be written to stdout or LOG_FILE, which takes lines again");

    private readonly Channel<LogEvent> _waiting = Channel.CreateBounded<LogEvent>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly ITextFormatter _formatter;
    private readonly TimeSpan _gathering;
    private readonly IReadOnlyList<ILineTarget> _targets;

    /// <summary>Lines that each target has not taken since its last success.</summary>
    private readonly long[] _unwritten;
    private readonly StringWriter _lines = new(new StringBuilder(4096));
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly ManualResetEventSlim _ending = new();
    private readonly Thread _thread;
    private int _isSignalled;
    private long _dropped;
    private DateTimeOffset _latest;

    /// <param name="formatter">Formats an event as a line.</param>
    /// <param name="gathering">How long lines are collected after the first one.</param>
    /// <param name="targets">The targets of the lines.</param>
    public BackgroundSink(ITextFormatter formatter, TimeSpan gathering, params IReadOnlyList<ILineTarget> targets)
    {
        _formatter = formatter;
        _gathering = gathering;
        _targets = targets;
        _unwritten = new long[targets.Count];
        _thread = new Thread(Run) { IsBackground = true, Name = "log" };
        _thread.Start();
    }

    public void Emit(LogEvent logEvent)
    {
        if (_waiting.Writer.TryWrite(logEvent))
        {
            Signal();
        }
        else
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Returns when all emitted events have been written.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _ending.Set();
        Signal();
        _thread.Join();
        foreach (var target in _targets)
        {
            (target as IDisposable)?.Dispose();
        }
    }

    private void Signal()
    {
        if (Interlocked.CompareExchange(ref _isSignalled, 1, 0) == 0)
        {
            _signal.Release();
        }
    }

    private void Run()
    {
        while (!_ending.IsSet)
        {
            _signal.Wait();
            _ending.Wait(_gathering);
            // Before the lines are taken, so that an event that arrives too late signals again.
            Volatile.Write(ref _isSignalled, 0);
            WriteAll();
        }

        WriteAll();
    }

    private void WriteAll()
    {
        var lines = _lines.GetStringBuilder();
        while (_waiting.Reader.TryRead(out var logEvent))
        {
            Format(logEvent);
            _latest = logEvent.Timestamp;
            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            {
                Report(Dropped, nameof(Dropped), dropped);
            }

            if (lines.Length >= MaxCharacters)
            {
                HandOver(lines);
            }
        }

        HandOver(lines);
    }

    private void Report(MessageTemplate message, string name, long count) => Format(
        new LogEvent(_latest, LogEventLevel.Warning, exception: null, message, [new LogEventProperty(name, new ScalarValue(count))]));

    private void Format(LogEvent logEvent)
    {
        var start = _lines.GetStringBuilder().Length;
        try
        {
            _formatter.Format(logEvent, _lines);
        }
        catch (Exception exception)
        {
            // A line that cannot be formatted must not affect the others or the process.
            _lines.GetStringBuilder().Length = start;
            SelfLog.WriteLine("A log event could not be formatted: {0}", exception);
        }
    }

    private void HandOver(StringBuilder lines)
    {
        if (lines.Length == 0)
        {
            return;
        }

        var missing = 0L;
        for (var i = 0; i < _targets.Count; i++)
        {
            try
            {
                _targets[i].Write(lines);
                (missing, _unwritten[i]) = (missing + _unwritten[i], 0);
            }
            catch (Exception exception)
            {
                // A full disk or a closed pipe ends the log, not the gateway.
                NoteUnwritten(i, lines, exception);
            }
        }

        lines.Clear();
        if (missing > 0)
        {
            Report(Unwritten, nameof(Unwritten), missing);
            HandOver(lines);
        }
    }

    /// <summary>The first failure is reported where somebody may see it; the log itself reports when it is over.</summary>
    private void NoteUnwritten(int target, StringBuilder lines, Exception exception)
    {
        if (_unwritten[target] == 0)
        {
            SelfLog.WriteLine("Log lines could not be written: {0}", exception);
            Complain($"Log lines cannot be written to stdout or LOG_FILE: {exception.Message}");
        }

        _unwritten[target] += lines.ToString().AsSpan().Count('\n');
    }

    private static void Complain(string text)
    {
        try
        {
            Console.Error.WriteLine(text);
        }
        catch (IOException)
        {
            // Nobody reads it.
        }
    }
}
