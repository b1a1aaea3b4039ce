using System.Text.Json;
using LlamaGate.Application.Completions;
using LlamaGate.Application.Completions.Contracts;

namespace LlamaGate.Application.Tests.Completions;

public class CompletionCacheKeyTests
{
    private const string Question = "\"model\":\"m\",\"prompt\":\"p\"";

    [Theory]
    [InlineData("\"user\":\"u\",\"stream\":true,\"stream_options\":{\"include_usage\":true}")]
    [InlineData("\"n\":1,\"best_of\":1,\"echo\":false,\"frobnicate\":1")]
    [InlineData("\"max_tokens\":null")]
    public void Key_WithFieldsThatChangeNothing_IsTheSame(string fields) => Assert.Equal(Key(Question), Key($"{Question},{fields}"));

    [Theory]
    [InlineData("\"suffix\":\"\"")]
    [InlineData("\"max_tokens\":5")]
    [InlineData("\"temperature\":0")]
    [InlineData("\"top_p\":0")]
    [InlineData("\"n\":2")]
    [InlineData("\"best_of\":2")]
    [InlineData("\"logprobs\":0")]
    [InlineData("\"echo\":true")]
    [InlineData("\"stop\":[]")]
    [InlineData("\"presence_penalty\":0")]
    [InlineData("\"frequency_penalty\":0")]
    [InlineData("\"seed\":0")]
    [InlineData("\"keep_alive\":0")]
    [InlineData("\"think\":false")]
    [InlineData("\"options\":{}")]
    public void Key_WithAFieldThatChangesTheAnswer_IsAnother(string fields) =>
        Assert.NotEqual(Key(Question), Key($"{Question},{fields}"), StringComparer.Ordinal);

    [Fact]
    public void Key_OfEqualValuesInOtherSpellings_IsTheSame()
    {
        Assert.Equal(
            Key($"{Question},\"options\":{{\"a\":1.0,\"b\":2}},\"stop\":\"x\""),
            Key("\"options\":{\"b\":2.0,\"a\":1},\"stop\":[\"x\"],\"prompt\":[\"p\"],\"model\":\"m\""));
    }

    private static string Key(string members) => CompletionCacheKey.Of(
        JsonSerializer.Deserialize("{" + members + "}", CompletionsJsonContext.Instance.CreateCompletionRequest)!);
}
