using System.Buffers;
using System.Text;
using CsCheck;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Wire;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Infrastructure.Tests.Ollama.Wire;

public class PlainChatLineTests
{
    private static readonly byte[][] Lines =
    [
        .. new[] { "chat_stream", "chat_emoji_stream", "chat_think_true_stream", "chat_tools_stream", "chat_logprobs_stream" }
            .SelectMany(name => Recording.Named(name).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(Encoding.UTF8.GetBytes),
    ];

    [Theory]
    [InlineData("chat_stream")]
    [InlineData("chat_emoji_stream")]
    public void TryRead_OfARecordedPieceOfText_IsIt(string recording)
    {
        var texts = Recording.Named(recording).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)[..^1]
            .Select(line => PlainChatLine.TryRead(Encoding.UTF8.GetBytes(line), call: 3));
        Assert.All(texts, text => Assert.Equal(3, text?.Call));
    }

    [Fact]
    public void TryRead_OfAnyLine_IsNullOrWhatTheReaderReads() =>
        Gen.Select(Gen.Int[0, Lines.Length - 1], Mutations.Gen.List[0, 2])
            .Sample(
                (line, mutations) =>
                {
                    var bytes = mutations.Aggregate(Lines[line], Mutations.Apply);
                    if (PlainChatLine.TryRead(bytes, call: 0) is { } plain)
                    {
                        Assert.Equivalent(Read(bytes), plain, strict: true);
                    }
                },
                iter: 20_000);

    [Theory]
    [InlineData("a\\\"b")]
    [InlineData("a\\\\b")]
    [InlineData("a\nb")]
    public void TryRead_OfATextWithEscapes_IsNull(string content) => Assert.Null(PlainChatLine.TryRead(Line(content), call: 0));

    [Fact]
    public void TryRead_OfInvalidUtf8_IsNull()
    {
        var line = Line("?");
        line[Array.IndexOf(line, (byte)'?')] = 0xFF;
        Assert.Null(PlainChatLine.TryRead(line, call: 0));
        Assert.Equal(GatewayError.UpstreamError, Assert.Throws<GatewayException>(() => Read(line)).Error);
    }

    private static byte[] Line(string content) => Encoding.UTF8.GetBytes(
        $$"""{"model":"tiny","created_at":"2026-11-23T00:38:56Z","message":{"role":"assistant","content":"{{content}}"},"done":false}""");

    private static ConversationUpdate Read(byte[] line) =>
        AnswerParser.Parse<int, ConversationUpdate>(new ReadOnlySequence<byte>(line), 0, OllamaChatAnswer.Read);
}
