using System.Text.Json;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Domain.Tests.Generation;

public class GenerationOptionsTests
{
    [Theory]
    [InlineData(null, null, null, false)]
    [InlineData(0.0, null, null, true)]
    [InlineData(0.7, null, null, false)]
    [InlineData(0.7, 42L, null, true)]
    [InlineData(null, 0L, null, true)]
    [InlineData(null, -1L, null, false)]
    [InlineData(0.7, null, """{"temperature":0}""", false)]
    [InlineData(0.0, null, """{"temperature":0.7}""", true)]
    [InlineData(null, null, """{"seed":7}""", true)]
    [InlineData(null, null, """{"temperature":0}""", true)]
    [InlineData(null, 7L, """{"seed":-1}""", true)]
    [InlineData(null, -1L, """{"seed":7}""", false)]
    [InlineData(0.0, null, """{"temperature":"hot"}""", true)]
    [InlineData(0.0, null, "[]", true)]
    public void IsDeterministic_ByTemperatureAndSeed_IsWhatOllamaWillDo(
        double? temperature, long? seed, string? vendor, bool expected) =>
        Assert.Equal(expected, new GenerationOptions
        {
            Temperature = temperature,
            Seed = seed,
            Vendor = vendor is null ? null : JsonElement.Parse(vendor),
        }.IsDeterministic);
}
