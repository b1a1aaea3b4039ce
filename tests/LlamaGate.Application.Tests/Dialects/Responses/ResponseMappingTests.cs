using System.Text.Json;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.Responses;

public class ResponseMappingTests
{
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"g\"}]";

    [Theory]
    [InlineData("\"auto\"", "f g", false)]
    [InlineData("\"none\"", "", false)]
    [InlineData("\"required\"", "f g", true)]
    [InlineData("{\"type\":\"function\",\"name\":\"g\"}", "g", true)]
    public void ToolChoice_OfEachKind_ChoosesTools(string choice, string tools, bool mustCall)
    {
        var prompt = Assert.IsType<ChatPrompt>(Map($"{Tools},\"tool_choice\":{choice}").Prompt);
        Assert.Equal(tools, string.Join(' ', prompt.Tools.Select(tool => tool.Name)));
        Assert.Equal(mustCall, prompt.MustCall);
    }

    [Theory]
    [InlineData("\"reasoning\":{\"effort\":\"high\"}", ThinkLevel.High, true)]
    [InlineData("\"reasoning\":{\"effort\":\"high\"},\"think\":\"low\"", ThinkLevel.Low, false)]
    [InlineData("\"think\":true", ThinkLevel.On, false)]
    [InlineData("\"reasoning\":{\"summary\":\"auto\"}", null, false)]
    public void Think_FromOpenAIsFieldOnly_IsOptional(string fields, ThinkLevel? level, bool isOptional)
    {
        var request = Map(fields);
        Assert.Equal(level, request.Think);
        Assert.Equal(isOptional, request.IsThinkOptional);
    }

    [Theory]
    [InlineData("\"top_logprobs\":0", null, null)]
    [InlineData("\"top_logprobs\":2", true, 2)]
    [InlineData("\"include\":[\"message.output_text.logprobs\"]", true, null)]
    public void Logprobs_WhenRequested_GoUpstream(string fields, bool? logprobs, int? top)
    {
        var request = Map(fields);
        Assert.Equal((logprobs, top), (request.Logprobs, request.TopLogprobs));
    }

    [Fact]
    public void Model_ThatIsAnAlias_IsResolved() => Assert.Equal("real", Map("\"store\":false").Model);

    [Theory]
    [InlineData(RequestField.Prompt, "input")]
    [InlineData(RequestField.Effort, "reasoning.effort")]
    [InlineData(RequestField.Format, "text.format")]
    [InlineData(RequestField.Option, "options.num_ctx")]
    [InlineData(RequestField.Suffix, null)]
    public void Fields_OfTheDomain_HaveTheirNamesHere(RequestField field, string? name) =>
        Assert.Equal(name, ResponseFields.Spell(field, "num_ctx"));

    private static ConversationRequest Map(string fields)
    {
        var body = JsonSerializer.Deserialize(
            "{\"model\":\"m\",\"input\":\"hi\"," + fields + "}", ResponsesJsonContext.Instance.CreateResponseRequest)!;
        var batch = ResponseMapping.ToBatch(body, Histories.Of(body), Mappers.Aliased("m", "real"));
        Assert.Equal(1, batch.Calls);
        return batch.Requests[0];
    }
}
