using System.Text;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Caching;

/// <summary>A model that was pulled again is asked anew; and nothing about its digest keeps a hit waiting.</summary>
public class RetaggedModelTests
{
    /// <summary>How old a digest may be.</summary>
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Model_PulledAgain_IsAskedAnewWithinThirtySeconds()
    {
        await using var bed = await StartAsync();
        var tags = Tags.Of(bed, "a");
        Assert.Equal("miss", await AskAsync(bed));
        Assert.Equal("hit", await AskAsync(bed));

        tags.Answer = Tags.List("b");
        bed.Gateway.Clock.Advance(LongestAge);
        // The list is read in the background: the clock stands, so that it is the age that counts and not the wait.
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (await AskAsync(bed) == "hit")
        {
            limit.Token.ThrowIfCancellationRequested();
        }

        Assert.Equal("hit", await AskAsync(bed));
        Assert.Equal(2, bed.Ollama.Requests.Count(request => request.Path == "/api/chat"));
    }

    [Fact]
    public async Task Tags_ThatCannotBeReadAnyMore_LeaveTheLastKnownDigest()
    {
        await using var bed = await StartAsync();
        var tags = Tags.Of(bed, "a");
        Assert.Equal("miss", await AskAsync(bed));
        var seen = tags.Seen;
        tags.Answer = Scenario.Fails(500, "no");
        bed.Gateway.Clock.Advance(LongestAge);
        await tags.WaitAsync(seen + 1);
        Assert.Equal("hit", await AskAsync(bed));
    }

    [Fact]
    public async Task Tags_ThatCouldNeverBeRead_DoNotHinderTheCache()
    {
        await using var bed = await StartAsync();
        Tags.Of(bed, "a").Answer = Scenario.Fails(500, "no");
        Assert.Equal("miss", await AskAsync(bed));
        Assert.Equal("hit", await AskAsync(bed));
    }

    /// <summary>The clock stands, so that nothing times out: who waited for the list would wait for good.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Tags_ThatHang_KeepNobodyWaiting(bool fromTheBeginning)
    {
        await using var bed = await StartAsync();
        var tags = Tags.Of(bed, "a");
        if (fromTheBeginning)
        {
            tags.Answer = Tags.List("a").PauseAt(0, new Gate());
        }

        Assert.Equal("miss", await AskAsync(bed));
        tags.Answer = Tags.List("b").PauseAt(0, new Gate());
        bed.Gateway.Clock.Advance(fromTheBeginning ? TimeSpan.Zero : LongestAge);
        Assert.Equal("hit", await AskAsync(bed));
        Assert.Equal("hit", await AskAsync(bed));
    }

    private static Task<GatewayOverOllama> StartAsync() =>
        GatewayOverOllama.StartAsync(settings => settings with { CacheEnabled = true });

    private static async Task<string> AskAsync(GatewayOverOllama bed)
    {
        var answer = await bed.ChatAsync(ChatBody.Hi);
        Assert.Equal(200, answer.Status);
        return answer.Headers["X-LlamaGate-Cache"];
    }

    /// <summary>What the list of models answers.</summary>
    private sealed class Tags
    {
        private volatile Scenario _answer = Scenario.Default;
        private int _seen;

        public Scenario Answer
        {
            set => _answer = value;
        }

        public int Seen => Volatile.Read(ref _seen);

        public static Tags Of(GatewayOverOllama bed, string digest)
        {
            var tags = new Tags { Answer = List(digest) };
            bed.Ollama.Respond(request => request.Path == "/api/chat" ? Scenario.Recorded("chat_stream") : tags.Next(request));
            return tags;
        }

        public static Scenario List(string digest) => new()
        {
            Answer = new RawAnswer(200, "application/json")
            {
                Body = Encoding.UTF8.GetBytes($$"""{"models":[{"name":"plain:latest","model":"plain:latest","digest":"{{digest}}"}]}"""),
            },
        };

        public async Task WaitAsync(int seen)
        {
            using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
            while (Seen < seen)
            {
                limit.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        private Scenario? Next(RecordedRequest request)
        {
            if (request.Path != "/api/tags")
            {
                return null;
            }

            Interlocked.Increment(ref _seen);
            return _answer;
        }
    }
}
