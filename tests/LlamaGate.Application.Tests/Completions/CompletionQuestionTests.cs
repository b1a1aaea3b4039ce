using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Completions;
using LlamaGate.Domain.Completions;
using LlamaGate.Domain.Generation;
using Moq;

namespace LlamaGate.Application.Tests.Completions;

public class CompletionQuestionTests
{
    [Fact]
    public async Task Ask_ForMany_HasEightUnderWayAtMostAndAnswersInOrder()
    {
        var (underWay, most) = (0, 0);
        var client = new Mock<ICompletionClient>();
        client.Setup(c => c.GenerateAsync(It.IsAny<GenerateRequest>(), It.IsAny<CancellationToken>()))
            .Returns(async (GenerateRequest request, CancellationToken _) =>
            {
                var now = Interlocked.Increment(ref underWay);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref underWay);
                return new GenerateUpdate { Text = request.Prompt, IsDone = true };
            });
        var prompts = Enumerable.Range(0, 50).Select(i => new GenerateRequest("m", $"{i}", new GenerationOptions())).ToList();
        var answers = await new CompletionQuestion(prompts, Choices: 2, Candidates: 2).AskAsync(client.Object, CancellationToken.None);
        Assert.Equal(
            prompts.SelectMany(p => new[] { p.Prompt, p.Prompt }), answers.Select(answer => answer.Text), StringComparer.Ordinal);
        Assert.InRange(most, 1, 8);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }
}
