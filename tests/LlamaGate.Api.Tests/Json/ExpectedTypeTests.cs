using LlamaGate.Api.Json;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Json;

/// <summary>A member of the wrong type: the message names the type that it must have, in JSON's words.</summary>
public class ExpectedTypeTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("""{"model":1}""", "model has the wrong type: expected a string.")]
    [InlineData("""{"model":[]}""", "model has the wrong type: expected a string.")]
    [InlineData("""{"messages":"hi"}""", "messages has the wrong type: expected an array.")]
    [InlineData("""{"messages":{}}""", "messages has the wrong type: expected an array.")]
    [InlineData("""{"messages":["hi"]}""", "messages[0] has the wrong type: expected an object.")]
    [InlineData("""{"messages":[{"role":7}]}""", "messages[0].role has the wrong type: expected a string.")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":1}]}]}""", "messages[0].content[0].text has the wrong type: expected a string.")]
    [InlineData("""{"messages":[{"content":[{"image_url":7}]}]}""", "messages[0].content[0].image_url has the wrong type: expected an object.")]
    [InlineData("""{"messages":[{"tool_calls":{}}]}""", "messages[0].tool_calls has the wrong type: expected an array.")]
    [InlineData("""{"temperature":"hot"}""", "temperature has the wrong type: expected a number.")]
    [InlineData("""{"top_p":{}}""", "top_p has the wrong type: expected a number.")]
    [InlineData("""{"seed":1.5}""", "seed has the wrong type: expected an integer.")]
    [InlineData("""{"max_tokens":"5"}""", "max_tokens has the wrong type: expected an integer.")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"n":1e10}""", "n must be between 1 and 8.")]
    [InlineData("""{"max_tokens":1.5}""", "max_tokens has the wrong type: expected an integer.")]
    [InlineData("""{"stream":"yes"}""", "stream has the wrong type: expected true or false.")]
    [InlineData("""{"stream_options":[]}""", "stream_options has the wrong type: expected an object.")]
    [InlineData("""{"stream_options":{"include_usage":1}}""", "stream_options.include_usage has the wrong type: expected true or false.")]
    [InlineData("""{"tools":{}}""", "tools has the wrong type: expected an array.")]
    [InlineData("""{"tools":[1]}""", "tools[0] has the wrong type: expected an object.")]
    [InlineData("""{"response_format":"json"}""", "response_format has the wrong type: expected an object.")]
    public Task Chat_MemberOfTheWrongType_IsToldTheRightOne(string body, string message) =>
        AssertRefusedAsync("/v1/chat/completions", body, message);

    [Theory]
    [InlineData("/v1/completions", """{"model":{}}""", "model has the wrong type: expected a string.")]
    [InlineData("/v1/completions", """{"echo":"yes"}""", "echo has the wrong type: expected true or false.")]
    [InlineData("/v1/embeddings", """{"dimensions":"5"}""", "dimensions has the wrong type: expected an integer.")]
    [InlineData("/v1/embeddings", """{"model":5}""", "model has the wrong type: expected a string.")]
    [InlineData("/v1/responses", """{"instructions":[]}""", "instructions has the wrong type: expected a string.")]
    [InlineData(
        "/v1/responses",
        """{"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":{"url":"x"}}]}]}""",
        "input[0].content[0].image_url has the wrong type: expected a string.")]
    [InlineData("/v1/responses", """{"reasoning":"high"}""", "reasoning has the wrong type: expected an object.")]
    [InlineData("/v1/responses", """{"tools":"x"}""", "tools has the wrong type: expected an array.")]
    [InlineData("/v1/responses", """{"temperature":true}""", "temperature has the wrong type: expected a number.")]
    public Task Other_MemberOfTheWrongType_IsToldTheRightOne(string path, string body, string message) =>
        AssertRefusedAsync(path, body, message);

    [Theory]
    [InlineData("The JSON value could not be converted to System.Nullable`1[System.Int64]. Path: $", "an integer")]
    [InlineData("The JSON value could not be converted to System.Collections.Generic.IReadOnlyList`1[LlamaGate.X]. Path: $", "an array")]
    [InlineData("The JSON value could not be converted to System.Int32[].", "an array")]
    [InlineData("The JSON value could not be converted to System.Collections.Generic.Dictionary`2[System.String,System.String].", "an object")]
    [InlineData("The JSON value could not be converted to LlamaGate.Application.Chat.Contracts.Tool.", "an object")]
    [InlineData("The JSON value could not be converted to System.Guid.", null)]
    [InlineData("Something else.", null)]
    public void In_MessageOfTheSerializer_IsAWordForJson(string message, string? expected) =>
        Assert.Equal(expected, ExpectedType.In(message));

    [Fact]
    public async Task Param_OfALongName_IsCut()
    {
        var answer = await shared.Bed.PostAsync("/v1/chat/completions", $$"""{"{{new string('n', 300_000)}}": oops""");
        Assert.Equal(new string('n', 200) + "…", answer.Error.GetProperty("param").GetString());
    }

    private async Task AssertRefusedAsync(string path, string body, string message)
    {
        var answer = await shared.Bed.PostAsync(path, body);
        Assert.Equal(400, answer.Status);
        Assert.Equal(message, answer.Error.GetProperty("message").GetString());
        Assert.Equal(message.Split(' ')[0], answer.Error.GetProperty("param").GetString());
    }
}
