using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>Whole answers made of recordings, byte for byte: <c>Golden/&lt;recording&gt;.golden</c>.</summary>
public class AnswerGoldenTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Tools = "\"tools\":[" + ChatBody.Tool + "]";

    [Theory]
    [InlineData("chat_nonstream", "")]
    [InlineData("chat_emoji", "")]
    [InlineData("chat_format_json", "\"response_format\":{\"type\":\"json_object\"}")]
    [InlineData("chat_stop", "\"stop\":\"x\"")]
    [InlineData("chat_num_predict_length", "\"max_tokens\":5")]
    [InlineData("chat_think_true", "\"think\":true")]
    [InlineData("chat_think_false", "\"think\":false")]
    [InlineData("chat_tools", Tools)]
    [InlineData("chat_parallel_tools", Tools)]
    [InlineData("chat_tools_text_then_tool", Tools)]
    [InlineData("chat_tools_call_other_tool", Tools)]
    [InlineData("jinja_chat_tools", Tools)]
    [InlineData("chat_tool_result", "")]
    [InlineData("chat_logprobs", "\"logprobs\":true,\"top_logprobs\":3")]
    [InlineData("chat_load_empty_messages", "")]
    public async Task PlainAnswer_OfARecording_IsThisExactly(string recording, string fields)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        Golden.AssertEqual(recording, (await shared.Bed.ChatAsync(ChatBody.With(fields))).ToGolden());
    }

    [Theory]
    [InlineData("chat_stream", "")]
    [InlineData("chat_stream", "\"stream_options\":{\"include_usage\":true}", "_usage")]
    [InlineData("chat_emoji_stream", "")]
    [InlineData("chat_format_json_stream", "")]
    [InlineData("chat_stop_stream", "")]
    [InlineData("chat_num_predict_length_stream", "\"stream_options\":{\"include_usage\":true}")]
    [InlineData("chat_think_true_stream", "")]
    [InlineData("chat_think_length_stream", "\"stream_options\":{\"include_usage\":true}")]
    [InlineData("chat_tools_stream", Tools)]
    [InlineData("chat_parallel_tools_stream", Tools)]
    [InlineData("chat_tools_text_then_tool_stream", Tools)]
    [InlineData("jinja_chat_tools_stream", Tools + ",\"stream_options\":{\"include_usage\":true}")]
    [InlineData("chat_logprobs_stream", "\"logprobs\":true,\"top_logprobs\":3")]
    [InlineData("chat_logprobs_tools_stream", "\"logprobs\":true")]
    [InlineData("chat_token_repeat_abort_stream", "")]
    public async Task StreamedAnswer_OfARecording_IsThisExactly(string recording, string fields, string variant = "")
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var streamed = "\"stream\":true" + (fields.Length > 0 ? "," : "") + fields;
        Golden.AssertEqual(recording + variant, (await shared.Bed.ChatAsync(ChatBody.With(streamed))).ToGolden());
    }

    [Theory]
    [InlineData("{\"include_usage\":false}")]
    [InlineData("{\"include_usage\":null}")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task StreamedAnswer_WithoutUsageAskedFor_IsTheSameAsWithoutTheOption(string options)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
        var answer = await shared.Bed.ChatAsync(ChatBody.With("\"stream\":true,\"stream_options\":" + options));
        Golden.AssertEqual("chat_stream", answer.ToGolden());
    }

    [Fact]
    public async Task MidStreamError_OfTheRecording_EndsInItsFrameWithoutDone()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_midstream_runner_killed"));
        var events = (await shared.Bed.ChatAsync(ChatBody.HiStreamed)).Body.Split("\n\n");
        Assert.Equal("", events[^1]);
        Assert.Equal(
            """data: {"error":{"message":"Server error: an error was encountered while running the model: unexpected EOF","type":"server_error","param":null,"code":"upstream_error"}}""",
            events[^3]);
        Assert.EndsWith("\"finish_reason\":\"error\"}]}", events[^2], StringComparison.Ordinal);
        Assert.Contains("\"delta\":{\"content\":\" one\"}", events[^4], StringComparison.Ordinal);
        Assert.Equal(Recording.Named("chat_midstream_runner_killed").Body.Split('\n').Length + 2, events.Length);
    }

    [Fact]
    public async Task OlderFunctions_Asked_AreAnsweredInTheirForm()
    {
        const string functions = "\"functions\":[{\"name\":\"get_weather\",\"parameters\":{}}]";
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_parallel_tools"));
        Golden.AssertEqual("functions", (await shared.Bed.ChatAsync(ChatBody.With(functions))).ToGolden());
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_parallel_tools_stream"));
        Golden.AssertEqual("functions_stream", (await shared.Bed.ChatAsync(ChatBody.With("\"stream\":true," + functions))).ToGolden());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParallelToolCalls_False_GivesTheFirstCallOnly(bool stream)
    {
        var recording = stream ? "chat_parallel_tools_stream" : "chat_parallel_tools";
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var fields = $"\"parallel_tool_calls\":false,\"stream\":{(stream ? "true" : "false")},{Tools}";
        Golden.AssertEqual(recording + "_first", (await shared.Bed.ChatAsync(ChatBody.With(fields))).ToGolden());
    }
}
