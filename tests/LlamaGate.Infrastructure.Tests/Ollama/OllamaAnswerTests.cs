using System.Text;
using CsCheck;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public sealed class OllamaAnswerTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private static readonly UpstreamEnd End = new(Usage: null, Timings: null);

    [Theory]
    [InlineData("chat_stream")]
    [InlineData("chat_emoji_stream")]
    [InlineData("generate_think_stream")]
    public async Task Lines_OfARecordingInOddPieces_AreTheSame(string name)
    {
        var expected = Recording.Named(name).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] breaks = ["\n", "\r\n", "\n\n", "\n \t\n"];
        var separators = Gen.Int[0, breaks.Length - 1].Select(kind => breaks[kind]).Array[expected.Length];
        await Gen.Select(Gen.Int[1, 300], separators, Gen.Bool).SampleAsync(
            async (chunk, after, endsInBreak) =>
            {
                var body = string.Concat(expected.Zip(after, (line, end) => line + end));
                using var answer = Answer(
                    new ChoppedStream(Encoding.UTF8.GetBytes(endsInBreak ? body : body.TrimEnd()), chunk, breaks: false));
                var lines = await LinesAsync(answer);
                Assert.Equal(expected, lines.Select(line => line.TrimEnd('\r')), StringComparer.Ordinal);
                Assert.False(await answer.ReadLineAsync(default));
            },
            iter: 100);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(100_000, true)]
    public async Task Lines_ThatAreThereWithoutWaiting_GiveWayAfterSome(int lines, bool givesWay)
    {
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\"a\"\n", lines)));
        IReadOnlyList<string> read = [];
        var given = await HasGivenWayAsync(async () =>
        {
            using var answer = Answer(new MemoryStream(body));
            read = await LinesAsync(answer);
        });
        Assert.Equal(Enumerable.Repeat("\"a\"", lines), read, StringComparer.Ordinal);
        Assert.Equal(givesWay, given);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_000_000, true)]
    public async Task Whole_Large_GivesWayBeforeItIsParsed(int length, bool givesWay)
    {
        var body = Encoding.ASCII.GetBytes(new string('a', length));
        var given = await HasGivenWayAsync(async () =>
        {
            using var answer = Answer(new MemoryStream(body));
            using var whole = await answer.ReadToEndAsync(default);
            Assert.Equal(body, whole.Memory.ToArray());
            await answer.CompleteAsync(End);
        });
        Assert.Equal(givesWay, given);
    }

    [Fact]
    public async Task Line_LongerThanTheLimit_IsTheUpstreamsFault()
    {
        using var answer = Answer(new MemoryStream(new byte[OllamaAnswer.MaxBytes + 8192]));
        var exception = await Assert.ThrowsAsync<GatewayException>(() => answer.ReadLineAsync(default).AsTask());
        Assert.Equal(GatewayError.UpstreamError, exception.Error);
    }

    [Fact]
    public async Task Wait_LongerThanTheTimeout_EndsTheAnswer()
    {
        var clock = new FakeTimeProvider();
        using var answer = Answer(new SilentStream("\"a\"\n"u8.ToArray()), clock);
        Assert.True(await answer.ReadLineAsync(default));
        // Time between two waits does not count.
        clock.Advance(LongestWait);
        var waiting = answer.ReadLineAsync(default).AsTask();
        clock.Advance(LongestWait);
        var exception = await Assert.ThrowsAsync<GatewayException>(() => waiting.WaitAsync(LongestWait));
        Assert.Equal(GatewayError.UpstreamTimeout, exception.Error);
    }

    [Fact]
    public async Task Reader_LeavingWhileItWaits_IsCancelled()
    {
        using var leaving = new CancellationTokenSource();
        using var answer = Answer(new SilentStream([]));
        var waiting = answer.ReadLineAsync(leaving.Token).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(LongestWait));
    }

    [Fact]
    public async Task Complete_OfABodyThatGoesOn_ReadsItToItsEnd()
    {
        using var body = new ChoppedStream("a\nb\nc"u8.ToArray(), chunk: 1, breaks: false);
        using var answer = Answer(body);
        Assert.True(await answer.ReadLineAsync(default));
        await answer.CompleteAsync(End);
        Assert.Equal(5, body.Position);
    }

    [Fact]
    public async Task Complete_OfABodyThatNeverEnds_ReturnsSoon()
    {
        using var answer = Answer(new SilentStream("a\n"u8.ToArray()));
        Assert.True(await answer.ReadLineAsync(default));
        await answer.CompleteAsync(End).AsTask().WaitAsync(LongestWait);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(OllamaAnswer answer)
    {
        var lines = new List<string>();
        while (await answer.ReadLineAsync(CancellationToken.None))
        {
            lines.Add(Encoding.UTF8.GetString(answer.Line));
        }

        return lines;
    }

    private static OllamaAnswer Answer(Stream body, TimeProvider? clock = null) =>
        new(new HttpResponseMessage(), body, new IdleTimeout(LongestWait, clock ?? TimeProvider.System, default));

    /// <summary>Whether the work, which never has to wait, asked for being taken up again later.</summary>
    private static async Task<bool> HasGivenWayAsync(Func<Task> work)
    {
        var before = SynchronizationContext.Current;
        var context = new NotingContext();
        SynchronizationContext.SetSynchronizationContext(context);
        Task working;
        try
        {
            working = work();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        await working.WaitAsync(LongestWait);
        return context.WasAsked;
    }

    private sealed class NotingContext : SynchronizationContext
    {
        private volatile bool _wasAsked;

        public bool WasAsked => _wasAsked;

        public override void Post(SendOrPostCallback d, object? state)
        {
            _wasAsked = true;
            ThreadPool.QueueUserWorkItem(_ => d(state));
        }
    }
}
