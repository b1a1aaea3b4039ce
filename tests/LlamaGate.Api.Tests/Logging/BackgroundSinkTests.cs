using System.Text;
using LlamaGate.Api.Logging;
using Serilog.Events;
using Serilog.Formatting;

namespace LlamaGate.Api.Tests.Logging;

public class BackgroundSinkTests
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void Dispose_AfterManyEvents_HasWrittenAllInOrderToEachTarget()
    {
        var (first, second) = (new Target(), new Target());
        var sink = new BackgroundSink(new MessageLine(), Gathering, first, second);
        foreach (var number in Enumerable.Range(0, 5000))
        {
            sink.Emit(Event($"{number}"));
        }

        sink.Dispose();
        var expected = string.Concat(Enumerable.Range(0, 5000).Select(number => $"{number}\n"));
        Assert.Equal(expected, first.Text);
        Assert.Equal(expected, second.Text);
        Assert.True(first.IsDisposed);
    }

    [Fact]
    public void Emit_WhileTheTargetIsStuck_DropsAndLaterTellsHowMany()
    {
        var target = new Target { Held = new ManualResetEventSlim() };
        var sink = new BackgroundSink(new MessageLine(), Gathering, target);
        sink.Emit(Event("first"));
        Assert.True(target.Entered.Wait(TimeSpan.FromSeconds(30)));
        foreach (var _ in Enumerable.Range(0, 10_007))
        {
            sink.Emit(Event("more"));
        }

        target.Held.Set();
        sink.Dispose();
        Assert.StartsWith("first\nmore\n7 log lines were dropped", target.Text, StringComparison.Ordinal);
        Assert.Equal(10_000, target.Text.Split("more\n").Length - 1);
    }

    [Fact]
    public void Emit_WhenOneTargetFails_WritesToTheOther()
    {
        var target = new Target();
        using (var sink = new BackgroundSink(new MessageLine(), Gathering, new Broken(), target))
        {
            sink.Emit(Event("line"));
        }

        Assert.Equal("line\n", target.Text);
    }

    [Fact]
    public void Emit_AfterATargetHasFailed_TellsHowManyLinesAreMissing()
    {
        var target = new Target { Failures = 1 };
        using (var sink = new BackgroundSink(new MessageLine(), Gathering, target))
        {
            sink.Emit(Event("lost"));
            Assert.True(target.Entered.Wait(TimeSpan.FromSeconds(30)));
            target.Failed.Wait(TimeSpan.FromSeconds(30));
            sink.Emit(Event("kept"));
        }

        Assert.Equal("kept\n1 log lines could not be written to stdout or LOG_FILE, which takes lines again\n", target.Text);
    }

    [Fact]
    public void Emit_OfWhatCannotBeFormatted_LosesNothingElse()
    {
        var target = new Target();
        using (var sink = new BackgroundSink(new MessageLine(), Gathering, target))
        {
            sink.Emit(Event("before"));
            sink.Emit(Event("unspeakable"));
            sink.Emit(Event("after"));
        }

        Assert.Equal("before\nafter\n", target.Text);
    }

    private static LogEvent Event(string text) => new(
        DateTimeOffset.UnixEpoch, LogEventLevel.Information, exception: null, new MessageTemplate(text, []), []);

    private sealed class MessageLine : ITextFormatter
    {
        public void Format(LogEvent logEvent, TextWriter output)
        {
            var text = logEvent.MessageTemplate.Text.Replace(
                "{Dropped}", logEvent.Properties.GetValueOrDefault("Dropped")?.ToString(), StringComparison.Ordinal).Replace(
                "{Unwritten}", logEvent.Properties.GetValueOrDefault("Unwritten")?.ToString(), StringComparison.Ordinal);
            output.Write(text);
            output.Write('\n');
            if (text == "unspeakable")
            {
                throw new FormatException();
            }
        }
    }

    private sealed class Target : ILineTarget, IDisposable
    {
        private readonly StringBuilder _text = new();

        public ManualResetEventSlim? Held { get; init; }

        public ManualResetEventSlim Entered { get; } = new();

        public int Failures { get; set; }

        public ManualResetEventSlim Failed { get; } = new();

        public bool IsDisposed { get; private set; }

        public string Text => _text.ToString();

        public void Write(StringBuilder lines)
        {
            Entered.Set();
            Assert.True(Held?.Wait(TimeSpan.FromSeconds(30)) ?? true);
            if (Failures-- > 0)
            {
                Failed.Set();
                throw new IOException("No space left on device");
            }

            _text.Append(lines);
        }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Broken : ILineTarget
    {
        public void Write(StringBuilder lines) => throw new IOException("No space left on device");
    }
}
