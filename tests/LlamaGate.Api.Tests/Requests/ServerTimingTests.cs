using System.Globalization;
using CsCheck;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Tests.Running;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Tests.Requests;

public class ServerTimingTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(4, "0")]
    [InlineData(5, "0.001")]
    [InlineData(2_770, "0.277")]
    [InlineData(10_050, "1.005")]
    [InlineData(20_000, "2")]
    [InlineData(12_345_678, "1234.568")]
    public void Of_Ticks_HasUpToThreeDecimals(long ticks, string expected) => Assert.Equal(
        $"upstream;dur={expected}, load;dur={expected}, prompt;dur={expected}, eval;dur={expected}, gateway;dur={expected}",
        Of(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Of_AnyTime_RoundsToTheNearestMicrosecond() =>
        Gen.Long[0, TimeSpan.TicksPerDay].Sample(ticks =>
        {
            var microseconds = decimal.Round(ticks / 10m, MidpointRounding.AwayFromZero);
            var milliseconds = (microseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
            Assert.StartsWith($"upstream;dur={milliseconds}, ", Of(TimeSpan.FromTicks(ticks)), StringComparison.Ordinal);
        });

    [Fact]
    public void Of_AnAnswerWithoutTimings_IsNull() => Assert.Null(ServerTiming.Of(answer: null, TimeSpan.Zero));

    private static string? Of(TimeSpan time) => ServerTiming.Of(
        new ConversationFacts(new ScriptedConversation
        {
            KnownUpstreamTime = time,
            KnownTimings = new GenerationTimings(time, time, time),
        }),
        elapsed: time + time);
}
