using System.Text.Json;
using LlamaGate.Application.Generation;

namespace LlamaGate.Application.Tests.Generation;

public sealed class ToolArgumentsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("null")]
    [InlineData(" null ")]
    [InlineData("[]")]
    [InlineData("[ ]")]
    [InlineData("\"\"")]
    public void ToObject_Nothing_IsTheEmptyObject(string? arguments) => Assert.Equal("{}", ToolArguments.ToObject(arguments));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"b":1,"a":{"c":[]}}""")]
    [InlineData(" { \"a\" : 1.0 } ")]
    public void ToObject_AnObject_IsKeptAsItIs(string arguments) => Assert.Equal(arguments, ToolArguments.ToObject(arguments));

    [Fact]
    public void ToObject_ADeepObject_IsKeptAsItIs()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);
        Assert.Equal(deep, ToolArguments.ToObject(deep));
    }

    [Theory]
    [InlineData("""{"city":"Pa""")]
    [InlineData("Paris, please")]
    [InlineData("[1,2]")]
    [InlineData("true")]
    [InlineData("3")]
    [InlineData("\"a \\\"quoted\\\" text\"")]
    [InlineData("{} {}")]
    [InlineData("\u0001\u2028\\ 😀 <tag>")]
    public void ToObject_AnyOtherText_IsKeptInsideAnObject(string arguments)
    {
        var stands = JsonElement.Parse(ToolArguments.ToObject(arguments));

        var member = Assert.Single(stands.EnumerateObject());
        Assert.Equal("arguments", member.Name);
        Assert.Equal(arguments, member.Value.GetString());
    }
}
