using System.Text.Json;
using CsCheck;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

public sealed class GoJsonTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("<a> & \"b\" \\", "\"\\u003ca\\u003e \\u0026 \\\"b\\\" \\\\\"")]
    [InlineData("\b\f\n\r\t\u0001\u001f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\"")]
    [InlineData("café 😀 \u007f", "\"café 😀 \u007f\"")]
    [InlineData("\u2028\u2029", "\"\\u2028\\u2029\"")]
    public void Quote_OfText_EscapesAsGoDoes(string text, string json) => Assert.Equal(json, GoJson.Quote(text));

    [Fact]
    public void Quote_OfAnyText_ReadsBackAsTheText() =>
        Gen.String.Where(text => text.All(c => !char.IsSurrogate(c)))
            .Sample(text => Assert.Equal(text, JsonSerializer.Deserialize<string>(GoJson.Quote(text))));

    [Theory]
    [InlineData("2026-11-23T00:38:54.1200000Z", "2026-11-23T00:38:54.12Z")]
    [InlineData("2026-11-23T00:38:54.0000000Z", "2026-11-23T00:38:54Z")]
    [InlineData("2026-11-23T02:38:54.1234567+02:00", "2026-11-23T00:38:54.1234567Z")]
    public void Time_OfAnyZone_IsUtcWithoutTrailingZeros(string time, string expected) =>
        Assert.Equal(
            expected, GoJson.Time(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));
}
