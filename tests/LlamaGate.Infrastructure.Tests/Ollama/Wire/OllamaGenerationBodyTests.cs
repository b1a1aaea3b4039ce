using System.Text.Json;
using CsCheck;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Tests.Ollama.Wire;

public class OllamaGenerationBodyTests
{
    [Fact]
    public void ToOptions_OfNothing_IsAbsent() => Assert.Null(ToOptions(new GenerationOptions()));

    [Fact]
    public void ToOptions_OfZeros_SendsThem() => Assert.Equal(
        """{"temperature":0,"top_p":0,"frequency_penalty":0,"presence_penalty":0,"seed":0,"stop":[]}""",
        ToOptions(new GenerationOptions
        {
            Temperature = 0,
            TopP = 0,
            Seed = 0,
            FrequencyPenalty = 0,
            PresencePenalty = 0,
            Stop = [],
        })?.GetRawText());

    [Fact]
    public void ToOptions_OfVendorOptions_GivesWayToNamedOnes() => Assert.Equal(
        """{"temperature":0,"num_predict":5,"top_k":1.0,"seed":3}""",
        ToOptions(new GenerationOptions
        {
            Temperature = 0,
            MaxTokens = 5,
            Vendor = JsonElement.Parse("""{"temperature":1,"top_k":1.0,"num_predict":-1,"seed":3}"""),
        })?.GetRawText());

    [Fact]
    public void ToOptions_OfRandomOptions_LosesNothing() =>
        Gen.Select(Gen.Double[0, 2].Nullable(), Gen.Long.Nullable(), Gen.Int[1, int.MaxValue].Nullable(), Gen.String.Array[0, 4])
            .Sample((temperature, seed, most, stop) =>
            {
                string[] whole = [.. stop.Select(s => string.Concat(s.EnumerateRunes()))];
                var json = ToOptions(new GenerationOptions
                {
                    Temperature = temperature,
                    Seed = seed,
                    MaxTokens = most,
                    Stop = whole,
                })!.Value;
                Assert.Equal(temperature, json.TryGetProperty("temperature", out var t) ? t.GetDouble() : null);
                Assert.Equal(seed, json.TryGetProperty("seed", out var s) ? s.GetInt64() : null);
                Assert.Equal(most, json.TryGetProperty("num_predict", out var n) ? n.GetInt32() : null);
                Assert.Equal(whole, json.GetProperty("stop").EnumerateArray().Select(e => e.GetString()!), StringComparer.Ordinal);
            });

    private static JsonElement? ToOptions(GenerationOptions options)
    {
        using var body = UpstreamBody.Of(options, static (writer, written) =>
        {
            writer.WriteStartObject();
            OllamaGenerationBody.WriteOptions(writer, written);
            writer.WriteEndObject();
        });
        return JsonElement.Parse(body.Json.Span).TryGetProperty("options", out var json) ? json : null;
    }
}
