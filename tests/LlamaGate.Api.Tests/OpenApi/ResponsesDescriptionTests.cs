using System.Text.Json;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>What the document says of responses is what the gateway takes and answers.</summary>
public sealed class ResponsesDescriptionTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    private const string Path = "/v1/responses";

    private const string Tools =
        """,  "tools":[{"type":"function","name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]""";

    [Theory]
    [InlineData("demo", "")]
    [InlineData("demo-thinking", """, "reasoning":{"effort":"low"},"metadata":{"a":"b"},"instructions":"Be brief." """)]
    [InlineData("demo", """, "top_logprobs":2""")]
    [InlineData("demo", """, "max_output_tokens":1""")]
    [InlineData("demo", Tools)]
    [InlineData("demo", Tools + """, "tool_choice":{"type":"function","name":"get_weather"} """)]
    public async Task Response_Answered_FitsItsSchema(string model, string fields)
    {
        var answer = await gateway.PostAsync(Path, Body(model, fields));
        Assert.Equal(200, answer.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer("POST", Path, 200, answer.Json));

        var stream = await gateway.PostAsync(Path, Body(model, fields + """, "stream":true,"user":"u" """));
        Assert.Equal(200, stream.Status);
        var events = stream.Body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).ToList();
        Assert.True(events.Count > 5);
        Assert.All(
            events, line => Assert.Empty(gateway.Schemas.Validate("ResponseStreamEvent", JsonElement.Parse(line["data: ".Length..]))));
    }

    [Fact]
    public async Task Requests_All_WorkAsTheyStand()
    {
        foreach (var example in gateway.Examples(Path, "post"))
        {
            var body = example.Value.GetProperty("value");
            Assert.Empty(gateway.Schemas.Validate("CreateResponseRequest", body));
            Assert.Equal(200, (await gateway.PostAsync(Path, body.GetRawText())).Status);
        }
    }

    private static string Body(string model, string fields) => $$"""{"model":"{{model}}","input":"hi"{{fields}}}""";
}
