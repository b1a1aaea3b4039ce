using System.Text.Json;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Tests.Models;

public class OptionNumbersTests
{
    [Theory]
    [InlineData("8192", 8192)]
    [InlineData("8192.0", 8192)]
    [InlineData("8192.9", 8192)]
    [InlineData("8e3", 8000)]
    [InlineData("1e12", int.MaxValue)]
    [InlineData("0", null)]
    [InlineData("0.5", null)]
    [InlineData("-1", null)]
    [InlineData("\"8192\"", null)]
    [InlineData("null", null)]
    public void Positive_OfAnOption_IsWhatOllamaReads(string json, int? expected) =>
        Assert.Equal(expected, OptionNumbers.Positive(JsonElement.Parse(json)));
}
