using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>What is refused, and which field is named for it.</summary>
public class ResponseRefusalTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("{}", "model")]
    [InlineData("{\"model\":\"plain\"}", "input")]
    [InlineData("{\"model\":\"plain\",\"input\":[]}", "input")]
    [InlineData("{\"model\":\"plain\",\"input\":5}", "input")]
    [InlineData("{\"model\":\"plain\",\"input\":[5]}", "input[0]")]
    [InlineData("{\"model\":\"plain\",\"input\":[null]}", "input[0]")]
    public Task Body_ThatAsksNothing_IsRefused(string body, string param) => AssertRefusedAsync(body, param);

    [Theory]
    [InlineData("\"previous_response_id\":1", "previous_response_id")]
    [InlineData("\"conversation\":\"conv_1\"", "conversation")]
    [InlineData("\"prompt\":{\"id\":\"p\"}", "prompt")]
    [InlineData("\"background\":true", "background")]
    [InlineData("\"temperature\":2.1", "temperature")]
    [InlineData("\"top_p\":-0.1", "top_p")]
    [InlineData("\"max_output_tokens\":0", "max_output_tokens")]
    [InlineData("\"max_output_tokens\":\"5\"", "max_output_tokens")]
    [InlineData("\"top_logprobs\":21", "top_logprobs")]
    [InlineData("\"reasoning\":\"high\"", "reasoning")]
    [InlineData("\"text\":{\"format\":{\"type\":\"xml\"}}", "text.format.type")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\"}}", "text.format.schema")]
    [InlineData("\"tools\":[{\"name\":\"f\"}]", "tools[0].type")]
    [InlineData("\"tools\":[null]", "tools[0].type")]
    [InlineData("\"tools\":[{\"type\":\"custom\"}]", "tools[0].name")]
    [InlineData("\"tools\":[{\"type\":\"namespace\"}]", "tools[0].name")]
    [InlineData("\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[null]}]", "tools[0].tools[0].type")]
    [InlineData("\"tools\":[{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\"}]}]", "tools[0].tools[0].name")]
    [InlineData("\"tools\":[{\"type\":\"function\"}]", "tools[0].name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":[]}]", "tools[0].parameters")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("\"tool_choice\":\"any\"", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"function\"}", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"allowed_tools\"}", "tool_choice")]
    [InlineData("\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"none of it\",\"tools\":[]}", "tool_choice")]
    [InlineData("\"tools\":[" + ResponseCalls.Tool + "],\"tool_choice\":{\"type\":\"function\",\"name\":\"g\"}", "tool_choice")]
    [InlineData("\"tools\":[" + ResponseCalls.Tool + "],\"tool_choice\":{\"type\":\"custom\",\"name\":\"g\"}", "tool_choice")]
    [InlineData("\"metadata\":{\"a\":1}", "metadata")]
    [InlineData("\"truncation\":\"x\"", "truncation")]
    [InlineData("\"think\":\"a lot\"", "think")]
    [InlineData("\"keep_alive\":true", "keep_alive")]
    [InlineData("\"options\":[]", "options")]
    public Task Field_ThatBreaksARule_IsNamed(string fields, string param) => AssertRefusedAsync(ResponseCalls.With(fields), param);

    [Theory]
    [InlineData("{\"content\":\"a\"}", "input[0].type")]
    [InlineData("{\"type\":\"item_reference\"}", "input[0].id")]
    [InlineData("{\"type\":5}", "input[0].type")]
    [InlineData("{\"role\":\"tool\",\"content\":\"a\"}", "input[0].role")]
    [InlineData("{\"type\":\"message\",\"content\":\"a\"}", "input[0].role")]
    [InlineData("{\"role\":\"user\"}", "input[0].content")]
    [InlineData("{\"role\":\"user\",\"content\":[]}", "input[0].content")]
    [InlineData("{\"role\":\"user\",\"content\":{}}", "input[0].content")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"}]}", "input[0].content[0].type")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}", "input[0].content[0].text")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":5}]}", "input[0].content[0].text")]
    [InlineData(
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_file\",\"file_id\":\"f\"}]}", "input[0].content[0].type", "unsupported_content_part")]
    [InlineData(
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"http://x/y.png\"}]}",
        "input[0].content[0].image_url",
        "unsupported_image_url")]
    [InlineData(
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"file_id\":\"f\"}]}",
        "input[0].content[0].image_url",
        "unsupported_image_url")]
    [InlineData(
        "{\"role\":\"system\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"data:,\"}]}", "input[0].content[0].type")]
    [InlineData("{\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"}", "input[0].call_id")]
    [InlineData("{\"type\":\"function_call\",\"call_id\":\"c\",\"arguments\":\"{}\"}", "input[0].name")]
    [InlineData("{\"type\":\"custom_tool_call\",\"name\":\"f\",\"input\":\"\"}", "input[0].call_id")]
    [InlineData("{\"type\":\"custom_tool_call\",\"call_id\":\"c\",\"input\":\"\"}", "input[0].name")]
    [InlineData("{\"type\":\"function_call_output\",\"output\":\"x\"}", "input[0].call_id")]
    [InlineData("{\"type\":\"custom_tool_call_output\",\"output\":\"x\"}", "input[0].call_id")]
    [InlineData("{\"type\":\"shell_call\",\"action\":{\"commands\":[]}}", "input[0].call_id")]
    [InlineData("{\"type\":\"shell_call_output\",\"call_id\":\"c\",\"output\":[null]}", "input[0].output[0]")]
    [InlineData("{\"type\":\"local_shell_call_output\",\"output\":\"x\"}", "input[0].call_id")]
    [InlineData("{\"type\":\"compaction_trigger\"}", "input[0].type")]
    [InlineData("{\"type\":\"reasoning\",\"summary\":[{\"type\":\"text\"}]}", "input[0].summary[0]")]
    public Task Item_ThatBreaksARule_IsNamed(string item, string param, string? code = null) =>
        AssertRefusedAsync("{\"model\":\"plain\",\"input\":[" + item + "]}", param, code);

    [Theory]
    [InlineData("chat_prompt_longer_than_ctx_notrunc", "", 400, "context_length_exceeded", "input")]
    [InlineData("chat_missing_model", "", 404, "model_not_found", "model")]
    [InlineData("chat_tools_unsupported_model", "\"tools\":[" + ResponseCalls.Tool + "]", 400, "unsupported_by_model", "tools")]
    [InlineData("chat_format_bad_schema", "\"text\":{\"format\":{\"type\":\"json_object\"}}", 400, null, "text.format")]
    [InlineData("chat_token_repeat_abort", "", 502, "upstream_incomplete", null)]
    public async Task Upstream_ThatRefuses_IsToldInTheRequestsWords(
        string recording, string fields, int status, string? code, string? param)
    {
        foreach (var streamed in new[] { false, true })
        {
            if (streamed && recording == "chat_token_repeat_abort")
            {
                continue;
            }

            shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
            var stream = streamed ? "\"stream\":true" + (fields.Length > 0 ? "," : "") : "";
            var answer = await shared.Bed.RespondAsync(ResponseCalls.With(stream + fields));
            Assert.Equal(status, answer.Status);
            Assert.Equal(code, answer.ErrorCode);
            Assert.Equal(param, answer.Error.GetProperty("param").GetString());
        }
    }

    [Theory]
    [InlineData("GET", "/v1/responses/resp_1")]
    [InlineData("DELETE", "/v1/responses/resp_1")]
    [InlineData("GET", "/v1/responses/resp_1/input_items")]
    [InlineData("POST", "/v1/responses/resp_1/cancel")]
    public async Task StoredResponse_IsNotFound(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await shared.Bed.Client.SendAsync(request);
        var answer = await HttpAnswer.ReadAsync(response);
        Assert.Equal(404, answer.Status);
        Assert.Equal("not_found", answer.ErrorCode);
        Assert.Equal(
            "Response with id 'resp_1' not found. Responses are stored only for a limited time, and not with store: false.",
            answer.Error.GetProperty("message").GetString());
    }

    private async Task AssertRefusedAsync(string body, string param, string? code = null)
    {
        var answer = await shared.Bed.RespondAsync(body);
        Assert.Equal(400, answer.Status);
        Assert.Equal("invalid_request_error", answer.Error.GetProperty("type").GetString());
        Assert.Equal(param, answer.Error.GetProperty("param").GetString());
        Assert.Equal(code, answer.ErrorCode);
    }
}
