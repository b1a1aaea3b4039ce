using System.Text.Json;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Tests.Conversations;

public sealed class ToolReferencesTests
{
    [Theory]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/x/properties/y"}},"definitions":{"x":{"properties":{"y":{}}}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/anyOf/1"}},"anyOf":[{},{"type":"object"}]}""")]
    [InlineData("""{"properties":{"$ref":{"type":"string"}}}""")]
    public void ThrowIfUnresolved_ReferencesThatLeadSomewhere_Pass(string parameters) =>
        ToolReferences.ThrowIfUnresolved(Tool(parameters));

    [Theory]
    [InlineData("""{"properties":{"city":{"$ref":"#/$defs/City"}}}""", "parameters.properties.city", "#/$defs/City")]
    [InlineData("""{"$ref":"#/definitions/X"}""", "parameters", "#/definitions/X")]
    [InlineData("""{"anyOf":[{},{"items":{"$ref":"#/anyOf/2"}}]}""", "parameters.anyOf[1].items", "#/anyOf/2")]
    [InlineData("""{"properties":{"a":{"$ref":"#/type/x"}},"type":"object"}""", "parameters.properties.a", "#/type/x")]
    [InlineData("""{"properties":{"a":{"$ref":"City"}}}""", "parameters.properties.a", "City")]
    [InlineData("""{"properties":{"a":{"$ref":"#City"}}}""", "parameters.properties.a", "#City")]
    [InlineData("""{"properties":{"a":{"$ref":"https://example.com/s.json"}}}""", "parameters.properties.a", "https://example.com/s.json")]
    [InlineData("""{"properties":{"a":{"$ref":""}}}""", "parameters.properties.a", "")]
    public void ThrowIfUnresolved_AReferenceThatLeadsNowhere_NamesItAsItWasWritten(string parameters, string place, string reference)
    {
        var fault = Assert.Throws<GatewayException>(() => ToolCallSchema.For([Tool("""{"type":"object"}"""), Tool(parameters)]));

        Assert.Equal((GatewayError.InvalidRequest, RequestField.Tools), (fault.Error, fault.Field));
        Assert.Contains($"\"f\" cannot be required: {place} refers to \"{reference}\",", fault.Message, StringComparison.Ordinal);
    }

    private static ToolDefinition Tool(string parameters) => new("f", Description: null, JsonElement.Parse(parameters));
}
