using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Streaming;

/// <summary>However the network cuts Ollama's lines, the caller gets the same events.</summary>
[Collection(nameof(RunsAlone))]
public class FramingTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(7, 1)]
    [InlineData(100, 3)]
    [InlineData(0, 2)]
    [InlineData(0, 1000)]
    public async Task Stream_CutAnyhow_IsTheSame(int splitBytes, int linesPerPacket)
    {
        shared.Bed.Ollama.Enqueue(
            Scenario.Recorded("chat_emoji_stream") with { SplitBytes = splitBytes, LinesPerPacket = linesPerPacket });
        Golden.AssertEqual("chat_emoji_stream", (await shared.Bed.ChatAsync(ChatBody.HiStreamed)).ToGolden());
    }

    [Fact]
    public async Task PlainAnswer_CutIntoBytes_IsTheSame()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_emoji") with { SplitBytes = 1 });
        Golden.AssertEqual("chat_emoji", (await shared.Bed.ChatAsync(ChatBody.Hi)).ToGolden());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Line_OfTenMegabytes_ArrivesWhole(bool stream)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Parse("line-10mb"));
        var answer = await shared.Bed.ChatAsync(ChatBody.ForModel("plain", stream));
        Assert.Equal(200, answer.Status);
        Assert.InRange(answer.BodyBytes.Length, 10 * 1024 * 1024, (10 * 1024 * 1024) + 4096);
        Assert.Equal(stream, answer.Body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Flood_OfLines_ArrivesInOrderAndComplete()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says([.. Enumerable.Range(0, 5000).Select(i => $"<{i}>")]) with { LinesPerPacket = 64 });
        using var stream = await shared.Bed.OpenAsync(ChatBody.HiStreamed);
        var events = await stream.RestAsync();
        Assert.Equal(5003, events.Count);
        Assert.All(
            events.Skip(1).Take(5000).Select((text, i) => (text, i)),
            e => Assert.Contains($"\"content\":\"<{e.i}>\"", e.text, StringComparison.Ordinal));
        Assert.Equal("data: [DONE]", events[^1]);
    }

    [Fact]
    public async Task LastLine_WithoutLineBreak_IsALine()
    {
        shared.Bed.Ollama.Enqueue(new Scenario
        {
            Answer = new RawAnswer(200, "application/x-ndjson")
            {
                Body = """

                    {"message":{"content":"a"},"done":false}

                    {"message":{"content":""},"done":true,"done_reason":"stop"}
                    """u8.ToArray(),
            },
        });
        var answer = await shared.Bed.ChatAsync(ChatBody.HiStreamed);
        Assert.EndsWith("data: [DONE]\n\n", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_OfOneAnswer_HasOneIdAndOthersHaveOthers()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
            var answer = await shared.Bed.ChatAsync(ChatBody.HiStreamed);
            var chunks = answer.Body.Split("\n\n").Where(e => e.StartsWith("data: {", StringComparison.Ordinal))
                .Select(e => System.Text.Json.JsonElement.Parse(e["data: ".Length..]));
            Assert.True(ids.Add(Assert.Single(chunks.Select(c => c.GetProperty("id").GetString()!).Distinct(StringComparer.Ordinal))));
        }
    }
}
