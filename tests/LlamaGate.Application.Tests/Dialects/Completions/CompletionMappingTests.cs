using System.Text.Json;
using LlamaGate.Application.Dialects.Completions;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Tests.Dialects.Completions;

public class CompletionMappingTests
{
    [Fact]
    public void Prompts_Several_AreARequestEach()
    {
        var batch = Map(
            """
            "prompt":["p","q"],"suffix":"s","n":2,"best_of":3,"max_tokens":5,"options":{"num_ctx":1}
            """);
        Assert.Equal(
            [new TextPrompt("p") { Suffix = "s" }, new TextPrompt("q") { Suffix = "s" }], batch.Requests.Select(r => r.Prompt));
        Assert.Equal((2, 3, 6), (batch.Choices, batch.Candidates, batch.Calls));
        Assert.All(batch.Requests, request =>
        {
            Assert.Equal("real", request.Model);
            Assert.Equal(5, request.Options.MaxTokens);
            Assert.Equal("{\"num_ctx\":1}", request.Options.Vendor!.Value.GetRawText());
        });
    }

    [Theory]
    [InlineData("\"n\":2", null, null)]
    [InlineData("\"logprobs\":0", true, null)]
    [InlineData("\"logprobs\":3", true, 3)]
    [InlineData("\"best_of\":2", true, null)]
    public void Logprobs_WhenRequestedOrNeededForBestOf_GoUpstream(string fields, bool? logprobs, int? top)
    {
        var request = Map("\"prompt\":\"p\"," + fields).Requests[0];
        Assert.Equal((logprobs, top), (request.Logprobs, request.TopLogprobs));
    }

    [Theory]
    [InlineData(RequestField.Prompt, "prompt")]
    [InlineData(RequestField.Suffix, "suffix")]
    [InlineData(RequestField.Effort, "think")]
    [InlineData(RequestField.Option, "options.num_ctx")]
    [InlineData(RequestField.Dimensions, null)]
    public void Fields_OfTheDomain_HaveTheirNamesHere(RequestField field, string? name) =>
        Assert.Equal(name, CompletionFields.Spell(field, "num_ctx"));

    private static ConversationBatch Map(string fields) => CompletionMapping.ToBatch(
        JsonSerializer.Deserialize("{\"model\":\"m\"," + fields + "}", CompletionsJsonContext.Instance.CreateCompletionRequest)!,
        Mappers.Aliased("m", "real"));
}
