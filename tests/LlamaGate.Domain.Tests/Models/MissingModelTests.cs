using LlamaGate.Domain.Models;

namespace LlamaGate.Domain.Tests.Models;

public class MissingModelTests
{
    private static readonly IReadOnlyList<ModelInfo> Models =
        [new("qwen3:8b", default), new("llama3.2:latest", default), new("nomic-embed-text:latest", default)];

    [Theory]
    [InlineData("lama3.2", "llama3.2")]
    [InlineData("llama3.3", "llama3.2")]
    [InlineData("LLAMA3.2:3b", "llama3.2")]
    [InlineData("qwen3", "qwen3:8b")]
    [InlineData("qwen3:32b", "qwen3:8b")]
    [InlineData("nomic-embed", "nomic-embed-text")]
    [InlineData("llama3.2", null)]
    [InlineData("gpt-4o", null)]
    [InlineData("", null)]
    public void FindNearest_OfAName_IsWhatWasProbablyMeant(string name, string? nearest) =>
        Assert.Equal(nearest, MissingModel.FindNearest(name, Models));

    [Fact]
    public void FindNearest_OfAVeryLongName_IsNotComputed() =>
        Assert.Null(MissingModel.FindNearest(new string('l', 100_000), Models));

    /// <summary>It was there only after the error.</summary>
    [Fact]
    public void FindNearest_AmongTheModelItselfAlone_IsNone() =>
        Assert.Null(MissingModel.FindNearest("llama3.2", [new ModelInfo("llama3.2:latest", default)]));

    [Fact]
    public void FindNearest_WithoutModels_IsNone() => Assert.Null(MissingModel.FindNearest("llama3.2", []));
}
