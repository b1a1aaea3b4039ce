using LlamaGate.Application.Models;

namespace LlamaGate.Application.Tests.Models;

public sealed class ModelAliasesTests
{
    /// <summary>Ollama takes a name without a tag for one with <c>:latest</c>.</summary>
    [Theory]
    [InlineData("foo:latest=m:7b", "foo", "m:7b")]
    [InlineData("foo:latest=m:7b", "Foo:LATEST", "m:7b")]
    [InlineData("gpt=m:7b", "gpt:latest", "m:7b")]
    [InlineData("gpt=mini:latest,mini=m:7b", "gpt", "m:7b")]
    [InlineData("foo=a,foo:latest=b", "foo", "a")]
    [InlineData("foo=a,foo:latest=b", "foo:latest", "b")]
    [InlineData("foo:7b=m", "foo", "foo")]
    [InlineData("m=m:latest", "m", "m")]
    [InlineData("m:latest=m", "m:latest", "m:latest")]
    public void Resolve_NameWithOrWithoutLatest_IsTheSame(string aliases, string name, string model) =>
        Assert.Equal(model, Parse(aliases).Resolve(name));

    [Theory]
    [InlineData("a=a")]
    [InlineData("a=b,b=a")]
    [InlineData("a=b:latest,b=a:latest")]
    public void Constructor_Circle_IsAnError(string aliases) => Assert.Throws<ArgumentException>(() => Parse(aliases));

    private static ModelAliases Parse(string aliases) =>
        new(aliases.Split(',').Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], pair[1])));
}
