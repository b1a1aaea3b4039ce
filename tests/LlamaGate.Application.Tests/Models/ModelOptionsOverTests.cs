using System.Text.Json;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Tests.Models;

public class ModelOptionsOverTests
{
    [Theory]
    [InlineData("""{"m":{"num_ctx":1}}""", """{"*":{"num_ctx":2,"top_k":3,"keep_alive":"5m"}}""", """{"top_k":3,"num_ctx":1}""", "\"5m\"")]
    [InlineData("""{"m":{"keep_alive":0}}""", """{"m":{"num_ctx":2,"keep_alive":"5m"}}""", """{"num_ctx":2}""", "0")]
    [InlineData("""{"m":{"num_ctx":1}}""", """{"n":{"num_ctx":2}}""", """{"num_ctx":1}""", null)]
    [InlineData("""{"n":{"num_ctx":1}}""", """{"m":{"num_ctx":2}}""", """{"num_ctx":2}""", null)]
    public void Find_TwoSetsOfRules_TheFirstWinsMemberByMember(string first, string second, string options, string? keepAlive)
    {
        var found = Of(first).Over(Of(second)).Find("m", "m")!;
        Assert.Equal((options, keepAlive), (found.Options?.GetRawText(), found.KeepAlive?.GetRawText()));
    }

    [Fact]
    public void Find_NeitherMatches_IsNull() => Assert.Null(Of("""{"a":{}}""").Over(Of("""{"b":{}}""")).Find("m", "m"));

    private static ModelOptions Of(string json) => new(JsonElement.Parse(json));
}
