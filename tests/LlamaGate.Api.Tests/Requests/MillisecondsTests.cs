using System.Globalization;
using CsCheck;
using LlamaGate.Api.Requests;

namespace LlamaGate.Api.Tests.Requests;

public class MillisecondsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(4, "0")]
    [InlineData(5, "0.001")]
    [InlineData(2_770, "0.277")]
    [InlineData(10_050, "1.005")]
    [InlineData(20_000, "2")]
    [InlineData(12_345_678, "1234.568")]
    public void ToString_OfTicks_HasUpToThreeDecimals(long ticks, string expected) =>
        Assert.Equal(expected, new Milliseconds(TimeSpan.FromTicks(ticks)).ToString());

    [Fact]
    public void ToString_OfAnyTime_IsWhatTheFrameworkWrites() =>
        Gen.Long[0, TimeSpan.TicksPerDay].Sample(ticks =>
        {
            var microseconds = decimal.Round(ticks / 10m, MidpointRounding.AwayFromZero);
            Assert.Equal(
                (microseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture),
                $"{new Milliseconds(TimeSpan.FromTicks(ticks))}");
        });

    [Fact]
    public void TryFormat_IntoTooLittleRoom_SaysSo()
    {
        Span<char> room = stackalloc char[4];
        Assert.False(new Milliseconds(TimeSpan.FromTicks(2_770)).TryFormat(room, out _, default, provider: null));
    }
}
