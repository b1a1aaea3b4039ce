using System.Text.Json;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>A validator that lets everything pass would prove nothing.</summary>
public sealed class OpenApiSchemaValidatorTests
{
    private const string Document =
        """
        {"components":{"schemas":{
          "Thing":{"type":"object","required":["id"],"properties":{
            "id":{"type":"string"},
            "size":{"type":["null","integer"],"minimum":1,"maximum":8},
            "kind":{"enum":["a","b"]},
            "parts":{"type":"array","minItems":1,"items":{"$ref":"#/components/schemas/Part"}},
            "content":{"anyOf":[{"type":"string"},{"$ref":"#/components/schemas/Part"},{"type":"null"}]}}},
          "Part":{"type":"object","properties":{"on":{"type":"boolean"}},"additionalProperties":{"type":"number"}}}}}
        """;

    [Theory]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"id":"x","size":null,"kind":"a","parts":[{"on":true,"more":1.5}],"content":null}""")]
    [InlineData("""{"id":"x","size":8,"content":{"on":false}}""")]
    public void Validate_WhatFits_HasNoFaults(string json) => Assert.Empty(Validate(json));

    [Theory]
    [InlineData("{}", "$.id is missing")]
    [InlineData("""{"id":1}""", "$.id is Number and should be string")]
    [InlineData("""{"id":"x","size":1.5}""", "$.size is Number")]
    [InlineData("""{"id":"x","size":9}""", "$.size is 9, out of its range")]
    [InlineData("""{"id":"x","kind":"c"}""", "$.kind is c")]
    [InlineData("""{"id":"x","parts":[]}""", "$.parts has 0 items")]
    [InlineData("""{"id":"x","parts":[{"on":1}]}""", "$.parts[0].on is Number")]
    [InlineData("""{"id":"x","parts":[{"more":"y"}]}""", "$.parts[0].more is String")]
    [InlineData("""{"id":"x","content":[]}""", "$.content fits none of its choices")]
    [InlineData("""{"id":"x","surprise":1}""", "$.surprise is not described")]
    [InlineData("[]", "$ is Array and should be object")]
    public void Validate_WhatDoesNotFit_NamesTheFault(string json, string fault) => Assert.StartsWith(fault, Assert.Single(Validate(json)), StringComparison.Ordinal);

    private static IReadOnlyList<string> Validate(string json) =>
        new OpenApiSchemaValidator(JsonElement.Parse(Document)).Validate("Thing", JsonElement.Parse(json));
}
