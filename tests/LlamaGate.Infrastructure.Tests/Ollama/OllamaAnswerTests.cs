using System.Text;
using System.Text.Json;
using LlamaGate.Infrastructure.Ollama;

namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>What a caller cannot see: whether other sockets of the thread get their turn while an answer is all there at once.</summary>
public sealed class OllamaAnswerTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(100, false)]
    [InlineData(100_000, true)]
    public async Task Lines_ThatAreThereWithoutWaiting_GiveWayAfterSome(int lines, bool givesWay)
    {
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("\"a\"\n", lines)));
        var read = 0;
        var given = await HasGivenWayAsync(async () =>
        {
            using var answer = Answer(body);
            await foreach (var line in answer.ReadLinesAsync(Text, CancellationToken.None))
            {
                Assert.Equal("a", line);
                read++;
            }
        });
        Assert.Equal(lines, read);
        Assert.Equal(givesWay, given);
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_000_000, true)]
    public async Task Whole_Large_GivesWayBeforeItIsParsed(int length, bool givesWay)
    {
        var body = Encoding.ASCII.GetBytes($"\"{new string('a', length)}\"");
        string? text = null;
        var given = await HasGivenWayAsync(async () =>
        {
            using var answer = Answer(body);
            text = await answer.ReadAsync(Text);
        });
        Assert.Equal(length, text?.Length);
        Assert.Equal(givesWay, given);
    }

    private static string? Text(ref Utf8JsonReader reader) => reader.Read() ? reader.GetString() : null;

    private static OllamaAnswer Answer(byte[] body) => new(
        new HttpResponseMessage(), new MemoryStream(body), new IdleTimeout(LongestWait, TimeProvider.System, CancellationToken.None));

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
