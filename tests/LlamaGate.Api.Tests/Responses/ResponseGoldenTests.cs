using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>Whole responses made of recordings, byte for byte: <c>Golden/&lt;recording&gt;.golden</c>.</summary>
public class ResponseGoldenTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Tools = "\"tools\":[" + ResponseCalls.Tool + "]";

    private const string Everything =
        """
        "instructions":"Be brief.","temperature":0,"top_p":0.5,"max_output_tokens":100,"metadata":{"a":"b"},"user":"u","safety_identifier":"s","prompt_cache_key":"k","parallel_tool_calls":false,"reasoning":{"effort":"high","summary":"auto"},"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":true},"verbosity":"low"},"tool_choice":"auto","store":true,"truncation":"auto","include":["reasoning.encrypted_content"]
        """;

    [Theory]
    [InlineData("chat_nonstream", "")]
    [InlineData("chat_think_true", "\"reasoning\":{\"effort\":\"high\"}", "", "tiny")]
    [InlineData("chat_num_predict_length", "\"max_output_tokens\":5")]
    [InlineData("chat_tools", Tools)]
    [InlineData("chat_parallel_tools", Tools)]
    [InlineData("chat_parallel_tools", Tools + ",\"parallel_tool_calls\":false", "_first")]
    [InlineData("chat_tools_text_then_tool", Tools)]
    [InlineData("jinja_chat_tools", Tools)]
    [InlineData("chat_logprobs", "\"top_logprobs\":3,\"include\":[\"message.output_text.logprobs\"]")]
    [InlineData("chat_load_empty_messages", "")]
    [InlineData("chat_nonstream", Everything, "_everything", "tiny")]
    public async Task PlainResponse_OfARecording_IsThisExactly(
        string recording, string fields, string variant = "", string model = "plain")
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var answer = await shared.Bed.RespondAsync(ResponseCalls.With(fields).Replace("plain", model, StringComparison.Ordinal));
        ResponseCalls.AssertGolden(recording + variant, answer);
    }

    [Theory]
    [InlineData("chat_stream", "")]
    [InlineData("chat_emoji_stream", "")]
    [InlineData("chat_think_true_stream", "")]
    [InlineData("chat_think_length_stream", "\"max_output_tokens\":4")]
    [InlineData("chat_num_predict_length_stream", "\"max_output_tokens\":5")]
    [InlineData("chat_tools_stream", Tools)]
    [InlineData("jinja_chat_tools_stream", Tools)]
    [InlineData("chat_parallel_tools_stream", Tools)]
    [InlineData("chat_tools_text_then_tool_stream", Tools)]
    [InlineData("chat_logprobs_stream", "\"include\":[\"message.output_text.logprobs\"]")]
    [InlineData("chat_token_repeat_abort_stream", "")]
    public async Task StreamedResponse_OfARecording_IsThisExactly(string recording, string fields)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var streamed = "\"stream\":true" + (fields.Length > 0 ? "," : "") + fields;
        ResponseCalls.AssertGolden(recording, await shared.Bed.RespondAsync(ResponseCalls.With(streamed)));
    }
}
