using System.Text.Json;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Tests.Conversations;

/// <summary>A call's arguments are an object, so the schema must allow nothing else.</summary>
public class ToolCallSchemaTests
{
    [Theory]
    [InlineData(null, """{"type":"object"}""")]
    [InlineData("""{}""", """{"type":"object"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}}}""", """{"type":"object","properties":{"a":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{}},"required":["a"]}""", """{"type":"object","properties":{"a":{}},"required":["a"]}""")]
    [InlineData("""{"type":["object","null"],"properties":{}}""", """{"type":"object","properties":{}}""")]
    [InlineData("""{"type":"string"}""", """{"type":"object"}""")]
    public void Arguments_OfAnyParameters_AreAnObject(string? parameters, string expected)
    {
        var tool = new ToolDefinition("f", null, parameters is null ? null : JsonElement.Parse(parameters));
        Assert.Equal(expected, ToolCallSchema.For([tool]).GetProperty("properties").GetProperty("arguments").GetRawText());
    }
}
