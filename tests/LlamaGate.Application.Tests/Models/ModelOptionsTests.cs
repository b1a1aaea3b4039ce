using System.Text.Json;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Tests.Models;

public class ModelOptionsTests
{
    [Fact]
    public void Find_OfSeveralRules_TakesTheFirstForTheAliasOrTheModel()
    {
        var options = Read("""{"coder":{"num_ctx":3},"qwen3:8b":{"num_ctx":2},"*":{"num_ctx":1}}""");
        Assert.Equal(3, ContextOf(options.Find("coder", "qwen3:8b")));
        Assert.Equal(2, ContextOf(options.Find("other", "qwen3:8b")));
        Assert.Equal(1, ContextOf(options.Find("llama3", "llama3")));
        Assert.Null(Read("""{"a":{"num_ctx":1}}""").Find("b", "b"));
    }

    [Theory]
    [InlineData("""{"num_ctx":1,"top_k":2,"keep_alive":"30m"}""", null, """{"num_ctx":1,"top_k":2}""")]
    [InlineData("""{"num_ctx":1,"top_k":2}""", """{"top_k":3,"seed":4}""", """{"num_ctx":1,"top_k":3,"seed":4}""")]
    [InlineData("""{"keep_alive":"30m"}""", null, null)]
    [InlineData("""{"keep_alive":"30m"}""", """{"seed":4}""", """{"seed":4}""")]
    public void Complete_ARequestsOptions_LeavesItsOwnValues(string rule, string? own, string? expected)
    {
        var defaults = Read($$"""{"m":{{rule}}}""").Find("m", "m")!;
        var completed = defaults.Complete(own is null ? null : JsonElement.Parse(own));
        Assert.Equal(expected, completed?.GetRawText());
    }

    private static ModelOptions Read(string json) => new(JsonElement.Parse(json));

    private static int? ContextOf(ModelDefaults? defaults) => defaults?.Options?.GetProperty("num_ctx").GetInt32();
}
