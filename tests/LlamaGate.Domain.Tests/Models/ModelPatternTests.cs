using LlamaGate.Domain.Models;

namespace LlamaGate.Domain.Tests.Models;

public class ModelPatternTests
{
    [Theory]
    [InlineData("qwen3", "qwen3:latest", true)]
    [InlineData("QWEN3", "qwen3", true)]
    [InlineData("qwen3:latest", "qwen3", true)]
    [InlineData("qwen3*", "qwen3:8b", true)]
    [InlineData("*:8b", "qwen3:8b", true)]
    [InlineData("*", "anything", true)]
    [InlineData("qwen3", "qwen3:8b", false)]
    [InlineData("qwen", "qwen3", false)]
    [InlineData("qwen3?b", "qwen3:8b", false)]
    public void Matches_PatternAndName_AsOllamaNamesModels(string pattern, string name, bool expected) =>
        Assert.Equal(expected, ModelPattern.Matches(pattern, name));
}
