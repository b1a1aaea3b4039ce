using CsCheck;

namespace LlamaGate.Domain.Tests.Scheduling;

public sealed class HistoryTests
{
    private const int Histories = 100_000;
    private const int HandOvers = 30_000;

    [Fact]
    public void Events_AnyHistory_KeepTheInvariants() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 60]).Sample((seed, events) => new History(seed).Play(events), iter: Histories);

    [Fact]
    public void Events_SameSeed_DecideTheSame() => Gen.Int[0, int.MaxValue].Sample(
        seed => Assert.Equal(Trace(seed), Trace(seed)), iter: 500);

    [Fact]
    public void Events_HandedOver_KeepTheInvariants() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 40], Gen.Int[0, 5]).Sample(
            (seed, events, meanwhile) =>
            {
                var history = new History(seed);
                history.Play(events);
                history.HandOver(meanwhile);
                history.Play(events);
            },
            iter: HandOvers);

    private static string Trace(int seed)
    {
        var history = new History(seed, keepsTrace: true);
        history.Play(60);
        return history.Trace;
    }
}
