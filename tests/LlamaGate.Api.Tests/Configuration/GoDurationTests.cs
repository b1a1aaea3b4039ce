using CsCheck;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

public class GoDurationTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("0s", 0)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData(".5s", 500)]
    [InlineData("1.s", 1_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    [InlineData("250ms", 250)]
    [InlineData("1000us", 1)]
    [InlineData("1000µs", 1)]
    [InlineData("1000μs", 1)]
    [InlineData("1000000ns", 1)]
    [InlineData("90m", 5_400_000)]
    public void TryParse_GoText_IsRead(string text, int milliseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("1S")]
    [InlineData("1..5s")]
    [InlineData(".s")]
    [InlineData("1s30")]
    [InlineData("1e3s")]
    [InlineData("9999999999999999999h")]
    [InlineData("99999999999999999999999999999999999999999999h")]
    public void TryParse_OtherText_IsRefused(string text) => Assert.False(GoDuration.TryParse(text, out _));

    [Fact]
    public void Format_AnyDuration_IsReadBackAsTheSame() =>
        Gen.Long[0, TimeSpan.FromDays(365).Ticks].Select(TimeSpan.FromTicks).Sample(duration =>
            GoDuration.TryParse(GoDuration.Format(duration), out var read) && read == duration);

    [Fact]
    public void TryParse_SumOfTerms_IsTheSumOfTheirDurations() =>
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 59], Gen.Int[0, 59]).Sample((h, m, s) =>
            GoDuration.TryParse($"{h}h{m}m{s}s", out var read) && read == new TimeSpan(h, m, s));

    [Fact]
    public void TryParse_AnyText_NeverThrows() =>
        Gen.String[Gen.Char["0123456789.hmsnuµ -+eE"], 0, 70].Sample(text =>
            GoDuration.TryParse(text, out var duration) || duration == TimeSpan.Zero);

    [Theory]
    [InlineData(120, "120ms")]
    [InlineData(1_000, "1s")]
    [InlineData(1_200, "1.2s")]
    [InlineData(300_000, "5m")]
    [InlineData(5_400_000, "1h30m")]
    public void Format_Duration_IsShort(int milliseconds, string expected) =>
        Assert.Equal(expected, GoDuration.Format(TimeSpan.FromMilliseconds(milliseconds)));
}
