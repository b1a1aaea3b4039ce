using System.Text.Json;
using LlamaGate.Application.Completions;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Completions;

public class CompletionReplayTests
{
    private static readonly Completion Answer = new()
    {
        Id = "cmpl-1",
        Created = 1,
        Model = "m",
        Choices =
        [
            new()
            {
                Text = "ab",
                Index = 0,
                FinishReason = "stop",
                Reasoning = "hm",
                Logprobs = new()
                {
                    Tokens = ["a", "b"],
                    TokenLogprobs = [-1, -2],
                    TopLogprobs = [new Dictionary<string, double>(StringComparer.Ordinal) { ["a"] = -1 }, new Dictionary<string, double>(StringComparer.Ordinal)],
                    TextOffset = [0, 1],
                },
            },
            new() { Text = "", Index = 1, FinishReason = "length" },
        ],
        Usage = new ChunkUsage(new CompletionUsage { PromptTokens = 3, CompletionTokens = 4, TotalTokens = 7 }),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReplayedAnswer_PutTogether_IsTheAnswer(bool includesUsage)
    {
        var assembler = new CompletionAssembler();
        foreach (var chunk in CompletionReplay.ToChunks(Answer, includesUsage))
        {
            assembler.Add(chunk);
        }

        Assert.Equal(Text(Answer), Text(assembler.Complete(new TokenUsage(3, 4), [])));
    }

    [Fact]
    public void ReplayedAnswer_WithUsage_TellsItInTheLastChunkOnly()
    {
        var chunks = CompletionReplay.ToChunks(Answer, includesUsage: true).ToList();
        Assert.All(chunks[..^1], chunk => Assert.Equal(new ChunkUsage(null), chunk.Usage));
        Assert.Equal(Answer.Usage, chunks[^1].Usage);
        Assert.Empty(chunks[^1].Choices);
    }

    private static string Text(Completion completion) =>
        JsonSerializer.Serialize(completion, CompletionsJsonContext.Instance.Completion);
}
