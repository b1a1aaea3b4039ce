using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>
/// The gateway finds out how many slots a runner has. It judges by when first tokens and ends come, so nothing else runs meanwhile.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class LearnedSlotsTests
{
    private const int Parallel = 3;
    private const int Callers = 12;
    private const int Rounds = 20;

    [Fact]
    public async Task Callers_WithLearnedSlots_TryAtMostOneTooMany()
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with
        {
            Slots = null,
            Hosts = [SharingSetup.Quick with { Parallel = Parallel, PromptTokensPerSecond = 100 }],
        });
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => RunAsync(bed)));
        // On a busy machine a first token can come so late that a slot is taken for one too many.
        Assert.InRange(bed.Host.Runners.MaxRunning("plain"), Parallel - 1, Parallel);
        Assert.InRange(bed.Host.Runners.MaxInside("plain"), Parallel - 1, Parallel + 1);
        Assert.Single(bed.Host.Runners.Loads);
    }

    private static async Task RunAsync(SharingBed bed)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var answer = await bed.PostAsync(
                "/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":3}""");
            Assert.True(answer.Status == 200, answer.Body);
        }
    }
}
