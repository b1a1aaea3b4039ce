using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Tests.Dialects.ChatCompletions;

public class ChatCompletionRequestValidatorTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUg==";
    private const string Call = "\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]";

    [Theory]
    [InlineData("")]
    [InlineData("\"temperature\":0")]
    [InlineData("\"temperature\":2,\"top_p\":1,\"frequency_penalty\":-2,\"presence_penalty\":2")]
    [InlineData("\"max_tokens\":1,\"max_completion_tokens\":2147483647")]
    [InlineData("\"stop\":[\"1\",\"2\",\"3\",\"4\"]")]
    [InlineData("\"n\":8,\"logprobs\":true,\"top_logprobs\":20")]
    [InlineData("\"reasoning_effort\":\"galactic\",\"reasoning\":5")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"schema\":{}}")]
    [InlineData("\"reasoning_effort\":\"xhigh\",\"think\":\"max\",\"keep_alive\":\"5m\"")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{}}}")]
    [InlineData(Tools + ",\"tool_choice\":\"required\"")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")]
    [InlineData("\"functions\":[{\"name\":\"f\",\"parameters\":{}}],\"function_call\":{\"name\":\"f\"}")]
    public void Request_WithinTheRules_Passes(string fields) => Assert.Null(FirstParam("model", fields));

    [Theory]
    [InlineData("\"temperature\":-0.1", "temperature")]
    [InlineData("\"temperature\":2.001", "temperature")]
    [InlineData("\"top_p\":-1", "top_p")]
    [InlineData("\"top_p\":1.1", "top_p")]
    [InlineData("\"frequency_penalty\":-2.1", "frequency_penalty")]
    [InlineData("\"presence_penalty\":2.1", "presence_penalty")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_completion_tokens\":-1", "max_completion_tokens")]
    [InlineData("\"n\":0", "n")]
    [InlineData("\"n\":9", "n")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":21", "top_logprobs")]
    [InlineData("\"logprobs\":true,\"top_logprobs\":-1", "top_logprobs")]
    [InlineData("\"top_logprobs\":1", "top_logprobs")]
    [InlineData("\"think\":1", "think")]
    [InlineData("\"think\":\"none\"", "think")]
    [InlineData("\"keep_alive\":{}", "keep_alive")]
    [InlineData("\"options\":\"x\"", "options")]
    [InlineData("\"response_format\":{}", "response_format.type")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format.type")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "response_format.json_schema.schema")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":\"x\"}}", "response_format.json_schema.schema")]
    [InlineData("\"tools\":[null]", "tools[0].type")]
    [InlineData("\"tools\":[{\"function\":{\"name\":\"f\"}}]", "tools[0].type")]
    [InlineData("\"tools\":[{\"type\":\"function\"}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\" \"}}]", "tools[0].function.name")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":[]}}]", "tools[0].function.parameters")]
    [InlineData("\"functions\":[null]", "functions[0].name")]
    [InlineData(Tools + ",\"functions\":[{\"name\":\"f\"}]", "functions")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData(Tools + ",\"tool_choice\":\"must\"", "tool_choice")]
    [InlineData(Tools + ",\"tool_choice\":{\"function\":{\"name\":\"g\"}}", "tool_choice")]
    [InlineData("\"functions\":[{\"name\":\"f\"}],\"function_call\":{\"name\":\"g\"}", "function_call")]
    public void Request_BreakingARule_NamesTheField(string fields, string param) => Assert.Equal(param, FirstParam("model", fields));

    [Theory]
    [InlineData("{\"role\":\"assistant\",\"content\":null," + Call + "}")]
    [InlineData("{\"role\":\"assistant\"," + Call + "}")]
    [InlineData("{\"role\":\"assistant\",\"refusal\":\"no\"}")]
    [InlineData("{\"role\":\"assistant\",\"content\":null}")]
    [InlineData("{\"role\":\"assistant\",\"content\":[],\"tool_calls\":[]}")]
    [InlineData("{\"role\":\"assistant\",\"reasoning_content\":\"hm\"}")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]}")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":\"{} {}\"}}]}")]
    [InlineData("{\"role\":\"assistant\",\"function_call\":{\"name\":\"f\",\"arguments\":\"x\"}}")]
    [InlineData("{\"role\":\"user\",\"content\":\"\"," + Call + "}")]
    [InlineData("{\"role\":\"user\",\"content\":\"\",\"function_call\":{}}")]
    [InlineData("{\"role\":\"tool\",\"tool_call_id\":\"1\"}")]
    [InlineData("{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"data:image/png;base64," + Png + "\"}]}")]
    [InlineData("{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"\"}")]
    [InlineData("{\"role\":\"function\",\"name\":\"f\",\"content\":\"\"}")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + Png + "\"}}]}")]
    public void Message_WithinTheRules_Passes(string message) => Assert.Null(FirstParamOfMessage(message));

    [Theory]
    [InlineData("{}", "role")]
    [InlineData("{\"role\":\"User\",\"content\":\"\"}", "role")]
    [InlineData("{\"role\":\"user\"}", "content")]
    [InlineData("{\"role\":\"user\",\"content\":[]}", "content")]
    [InlineData("{\"role\":\"tool\",\"content\":\"\"}", "tool_call_id")]
    [InlineData("{\"role\":\"function\",\"content\":\"\"}", "name")]
    [InlineData("{\"role\":\"user\",\"content\":[null]}", "content[0].type")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}", "content[0].text")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"video\"}]}", "content[0].type")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"},{\"type\":\"input_audio\"}]}", "content[1].type")]
    [InlineData("{\"role\":\"system\",\"content\":[{\"type\":\"image_url\"}]}", "content[0].type")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}", "content[0].image_url.url")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"https://x/y.png\"}]}", "content[0].image_url.url")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"data:image/png;base64,????\"}]}", "content[0].image_url.url")]
    [InlineData("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"data:image/png;base64,R0lGODlhAQABAAAAACw=\"}]}", "content[0].image_url.url")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{}]}", "tool_calls[0].function")]
    [InlineData("{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":\"{}\"}}]}", "tool_calls[0].function.name")]
    public void Message_BreakingARule_NamesTheField(string message, string param) =>
        Assert.Equal("messages[1]." + param, FirstParamOfMessage(message));

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "stop")]
    public void StopSequences_UpToTheBound_Pass(int count, string? param) =>
        Assert.Equal(param, Validate(Requests.With("") with { Stop = [.. Enumerable.Repeat("x", count)] }));

    [Theory]
    [InlineData("{}", "model")]
    [InlineData("{\"model\":\" \"}", "model")]
    [InlineData("{\"model\":\"m\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "messages")]
    public void Request_WithoutWhatIsRequired_NamesTheField(string body, string param)
    {
        var result = new ChatCompletionRequestValidator().Validate(Requests.Read(body));
        Assert.Equal(param, Rules.ToException(Assert.Single(result.Errors)).Path);
    }

    private static string? FirstParamOfMessage(string message) =>
        Validate(Requests.Saying($$"""[{"role":"user","content":"hi"},{{message}}]"""));

    private static string? FirstParam(string model, string fields) => Validate(Requests.With(fields) with { Model = model });

    private static string? Validate(LlamaGate.Application.Dialects.ChatCompletions.Contracts.ChatCompletionRequest request)
    {
        var result = new ChatCompletionRequestValidator().Validate(request);
        return result.IsValid ? null : Rules.ToException(result.Errors[0]).Path;
    }
}
