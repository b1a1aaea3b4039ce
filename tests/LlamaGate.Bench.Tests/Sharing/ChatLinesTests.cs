using LlamaGate.Bench.Sharing;

namespace LlamaGate.Bench.Tests.Sharing;

public sealed class ChatLinesTests
{
    [Fact]
    public void Read_OfAQueuedStream_CountsPlacesAndChunks()
    {
        var lines = Read(
            ": queued position=3 eta=14s model=alpha",
            ": queued position=1 eta=4s model=alpha",
            ": loading model=alpha eta=9s",
            """data: {"id":"x","choices":[{"delta":{"content":"one"}}]}""",
            string.Empty,
            """data: {"id":"x","choices":[{"delta":{},"finish_reason":"stop"}]}""",
            "data: [DONE]");

        Assert.Equal((2, 2, true, false), (lines.Places, lines.Chunks, lines.IsFinished, lines.IsRefused));
    }

    [Fact]
    public void Read_OfOllamasOwnStream_EndsWithDone()
    {
        var lines = Read("""{"model":"alpha","message":{"content":"one"},"done":false}""", """{"model":"alpha","done":true}""");

        Assert.Equal((1, true), (lines.Chunks, lines.IsFinished));
    }

    [Fact]
    public void Read_OfAnErrorInTheStream_IsRefused()
    {
        var lines = Read(": queued position=3 eta=14s model=alpha", """data: {"error":{"type":"server_error","code":"queue_timeout"}}""");

        Assert.Equal((true, false, 0), (lines.IsRefused, lines.IsFinished, lines.Chunks));
    }

    private static ChatLines Read(params string[] text)
    {
        var lines = new ChatLines();
        Array.ForEach(text, lines.Read);
        return lines;
    }
}
