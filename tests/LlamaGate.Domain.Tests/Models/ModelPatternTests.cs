using System.IO.Enumeration;
using CsCheck;
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

    /// <summary>The framework's matching of file names is the same, but for the backslash and for an empty text, which matches nothing there.</summary>
    [Fact]
    public void MatchesText_AnyPattern_IsAsForFileNames()
    {
        var letter = Gen.Int[0, 5].Select(index => "abB:*?"[index]);
        var pattern = letter.Array[0, 8].Select(characters => new string(characters));
        var text = letter.Array[1, 8].Select(characters => new string(characters));
        Gen.Select(pattern, text).Sample((wanted, name) => Assert.Equal(
            FileSystemName.MatchesSimpleExpression(wanted, name), ModelPattern.MatchesText(wanted, name)));
    }
}
