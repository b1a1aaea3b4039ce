using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public sealed class OllamaConversationClientTests : IDisposable
{
    private static readonly ChatPrompt Chat = new([new Message(MessageRole.User, [new TextPart("hi")])]);

    private readonly MemoryUpstream _upstream;
    private readonly WatchedCalls _calls;
    private string _recording = "chat_stream";

    public OllamaConversationClientTests()
    {
        _upstream = new MemoryUpstream { Answer = _ => MemoryUpstream.Recorded(_recording) };
        _calls = new WatchedCalls(_upstream.Calls);
    }

    public void Dispose() => _upstream.Dispose();

    [Theory]
    [InlineData("chat_stream", false)]
    [InlineData("generate_stream", true)]
    public async Task Stream_OfARecording_EndsDoneAndNamesItsCall(string recording, bool isText)
    {
        _recording = recording;
        var updates = await ReadAsync(isText ? new TextPrompt("hi") : Chat, call: 3);
        Assert.All(updates, update => Assert.Equal(3, update.Call));
        Assert.All(updates.SkipLast(1), update => Assert.False(update.IsDone));
        var last = updates[^1];
        Assert.True(last is { IsDone: true, FinishReason: not null, Usage.CompletionTokens: > 0, Timings: not null });
        Assert.NotEmpty(string.Concat(updates.Select(update => update.Content)));
    }

    [Fact]
    public async Task Stream_SeenByAWrapper_StartsEndsAndIsDisposed()
    {
        var usage = (await ReadAsync(Chat))[^1].Usage!;
        Assert.Equal(
            ["start Chat tiny r1", $"end {usage.PromptTokens}+{usage.CompletionTokens}", "dispose"],
            _calls.Seen,
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Stream_LeftBeforeItsEnd_IsDisposedWithoutAnEnd()
    {
        await foreach (var unused in StreamAsync(Chat))
        {
            break;
        }

        Assert.Equal(["start Chat tiny r1", "dispose"], _calls.Seen, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("chat_token_repeat_abort_stream", GatewayError.UpstreamIncomplete)]
    [InlineData("chat_missing_model", GatewayError.ModelNotFound)]
    public async Task Stream_ThatFails_SaysWhy(string recording, GatewayError error)
    {
        _recording = recording;
        Assert.Equal(error, (await Assert.ThrowsAsync<GatewayException>(() => ReadAsync(Chat))).Error);
        Assert.DoesNotContain(_calls.Seen, seen => seen.StartsWith("end", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_BeforeEnumeration_SendsNothing()
    {
        var stream = StreamAsync(Chat);
        Assert.Empty(_upstream.Requests);
        await using var enumerator = stream.GetAsyncEnumerator();
        await enumerator.MoveNextAsync();
        Assert.Single(_upstream.Requests);
    }

    [Theory]
    [InlineData(false, ""","truncate":false""")]
    [InlineData(true, "")]
    public async Task Body_OfAChat_IsStreamedAndNeverShifts(bool truncates, string overflow)
    {
        await ReadAsync(Chat, truncates: truncates);
        Assert.Equal(
            ("POST /api/chat", $$"""{"model":"tiny","messages":[{"role":"user","content":"hi"}],"stream":true{{overflow}}}"""),
            _upstream.Requests.Single());
    }

    [Theory]
    [InlineData(false, ""","truncate":false""")]
    [InlineData(true, "")]
    public async Task Body_OfAText_IsStreamedAndNeverShifts(bool truncates, string overflow)
    {
        _recording = "generate_stream";
        await ReadAsync(new TextPrompt("hi") { Suffix = "!" }, truncates: truncates);
        Assert.Equal(
            ("POST /api/generate", $$"""{"model":"tiny","prompt":"hi","suffix":"!","stream":true{{overflow}}}"""),
            _upstream.Requests.Single());
    }

    private async Task<List<ConversationUpdate>> ReadAsync(Prompt prompt, int call = 0, bool truncates = false)
    {
        var updates = new List<ConversationUpdate>();
        await foreach (var update in StreamAsync(prompt, call, truncates))
        {
            updates.Add(update);
        }

        return updates;
    }

    private IAsyncEnumerable<ConversationUpdate> StreamAsync(Prompt prompt, int call = 0, bool truncates = false) =>
        new OllamaConversationClient(_calls, _upstream.MissingModels, new TokenRatios(), MemoryUpstream.Options with { TruncateOverlongPrompts = truncates })
            .StreamAsync(new ConversationRequest("tiny", prompt, new GenerationOptions()), call, MemoryUpstream.Context, default);
}
