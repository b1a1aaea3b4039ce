using System.Text.Json;
using System.Text.RegularExpressions;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>The defects of Ollama's own layer (0.33.0-rc2), each proved by a recording.</summary>
internal static partial class LayerDefects
{
    public static IReadOnlyList<LayerDefect> All { get; } =
    [
        new(1, "oa_chat_midstream_runner_killed", "a failure during the stream looks like an empty chunk and the end",
            a => a is { IsStream: true, Error: null, SaysDone: false },
            (a, _) => a is { ErrorCode: "upstream_error", SaysDone: false }) { Native = "chat_midstream_runner_killed" },
        new(1, "oa_resp_midstream_runner_killed", "a failure during the stream just ends it",
            a => a.ResponseStatus == "response.output_text.delta",
            (a, _) => a.ErrorCode == "upstream_error") { Native = "chat_midstream_runner_killed" },
        new(2, "oa_chat_token_repeat_abort_stream", "an answer that breaks off has no end and no error",
            a => a is { FinishReason: null, Error: null },
            (a, _) => a is { ErrorCode: "upstream_incomplete", SaysDone: false }) { Native = "chat_token_repeat_abort_stream" },
        new(2, "oa_chat_token_repeat_abort", "an answer that breaks off is reported as a success",
            a => a is { Status: 200, FinishReason: null },
            (a, _) => a is { Status: 502, ErrorCode: "upstream_incomplete" }) { Native = "chat_token_repeat_abort" },
        new(3, "oa_chat_max_completion_tokens", "ignored: the answer continues",
            a => a.CompletionTokens > 3,
            (a, calls) => a.FinishReason == "length" && Option(calls, "num_predict") == "3") { Native = "jinja_chat_length" },
        new(3, "oa_chat_max_tokens_zero", "zero means no limit",
            a => a.Status == 200, (a, calls) => Refused(a, calls, "max_tokens")),
        new(3, "oa_chat_max_tokens_neg", "a negative value means no limit",
            a => a.Status == 200, (a, calls) => Refused(a, calls, "max_tokens")),
        new(4, "oa_chat_tool_choice_none", "ignored: a tool is called",
            a => a.Arguments.Count > 0,
            (a, calls) => a.Content?.Length > 0 && Sent(calls, "tools") is null) { Native = "chat_nonstream" },
        new(5, "oa_chat_n2", "ignored: one answer",
            a => a.Choices == 1, (a, calls) => a.Choices == 2 && Asked(calls).Count == 2) { Native = "chat_nonstream" },
        new(5, "oa_chat_logit_bias", "ignored silently",
            a => a is { Status: 200, Ignored: null }, (a, _) => a.Ignored == "logit_bias") { Native = "chat_nonstream" },
        new(5, "oa_chat_unknown_field", "ignored silently",
            a => a is { Status: 200, Ignored: null }, (a, _) => a.Ignored == "wibble") { Native = "chat_nonstream" },
        new(6, "oa_chat_parts_empty", "loads the model: finish_reason \"load\"",
            a => a.FinishReason == "load", (a, calls) => Refused(a, calls, "messages[0].content")),
        new(6, "oa_comp_empty_prompt", "loads the model: finish_reason \"load\"",
            a => a.FinishReason == "load", (a, calls) => Refused(a, calls, "prompt")),
        new(6, "oa_comp_no_prompt", "loads the model: finish_reason \"load\"",
            a => a.FinishReason == "load", (a, calls) => Refused(a, calls, "prompt")),
        new(7, "oa_comp_logprobs", "accepted, but never returned",
            a => a is { Status: 200, HasLogprobs: false }, (a, _) => a.HasLogprobs) { Native = "generate_logprobs" },
        new(7, "oa_comp_thinking_model_default", "thoughts are discarded, but counted",
            a => a is { Thinks: false, CompletionTokens: 15 }, (a, _) => a.Thinks) { Native = "generate_think" },
        new(7, "oa_comp_stream_usage", "counts of zero on every chunk before the last",
            a => Observed.At(a.Events[0], "usage") is not null,
            (a, _) => a.CompletionTokens == 8 && a.Text.Contains("\"usage\":null", StringComparison.Ordinal)) { Native = "generate_stream" },
        new(7, "oa_comp_prompt_array", "several prompts are refused",
            a => a.Status == 400, (a, _) => a is { Status: 200, Choices: 2 }) { Native = "generate_nonstream" },
        new(8, "oa_chat_missing_model", "the code is null, and the type is not one of OpenAI's",
            a => a is { Status: 404, ErrorCode: null },
            (a, _) => a is { Status: 404, ErrorCode: "model_not_found" }) { Native = "chat_missing_model" },
        new(8, "oa_chat_image_data_uri", "the message is JSON in a string",
            a => a.ErrorMessage?.StartsWith('{') is true,
            (a, _) => a is { Status: 400, ErrorCode: "unsupported_by_model" }) { Native = "chat_images_unsupported" },
        new(8, "oa_unknown_path", "plain text",
            a => a is { Status: 404, Json: null }, (a, _) => a is { Status: 404, ErrorCode: "not_found" }),
        new(8, "oa_chat_get", "plain text",
            a => a is { Status: 405, Json: null }, (a, _) => a is { Status: 405, ErrorCode: "method_not_allowed" }),
        new(9, "oa_chat_response_format_unknown", "any type is accepted, and has no effect",
            a => a.Status == 200, (a, calls) => Refused(a, calls, "response_format.type")),
        new(9, "oa_chat_json_schema_missing", "without a schema nothing is enforced",
            a => a.Status == 200, (a, calls) => Refused(a, calls, "response_format.json_schema.schema")),
        new(10, "oa_chat_nonstream", "one of 999 ids",
            a => ShortId().IsMatch(a.Id ?? ""), (a, _) => LongId().IsMatch(a.Id ?? "")) { Native = "chat_nonstream" },
        new(11, "oa_chat_parts_render", "each part becomes a separate message, with two line breaks between",
            a => a.Prompt?.Contains("one\n\ntwo", StringComparison.Ordinal) is true,
            (_, calls) => Message(calls, 0) is """{"role":"user","content":"one\ntwo"}""") { Native = "chat_nonstream" },
        new(11, "vision_oa_render_mixed", "an image becomes a separate message",
            a => a.Prompt?.Contains("first\n\n[img-0]\n\nsecond", StringComparison.Ordinal) is true,
            (_, calls) => Message(calls, 0)?.StartsWith("""{"role":"user","content":"first\nsecond","images":[""", StringComparison.Ordinal) is true)
        {
            Native = "vision_chat",
        },
        new(12, "oa_chat_assistant_null_no_tools", "refused without naming the message",
            a => a is { Status: 400, ErrorParam: null },
            (_, calls) => Message(calls, 1) is """{"role":"assistant","content":""}""") { Native = "chat_nonstream" },
        new(13, "oa_chat_developer_role", "sent unchanged: most templates drop the message",
            a => a.Prompt?.Contains("be nice", StringComparison.Ordinal) is false,
            (_, calls) => Message(calls, 0) is """{"role":"system","content":"be nice"}""") { Native = "chat_nonstream" },
        new(14, "oa_emb_too_long", "cut off silently",
            a => a.Status == 200,
            (a, calls) => a is { Status: 400, ErrorCode: "context_length_exceeded" } && Sent(calls, "truncate") == "false")
        {
            Native = "embed_long_truncate_false",
        },
        new(14, "oa_emb_chat_model", "501 with the runner's message",
            a => a.Status == 501, (a, _) => a is { Status: 400, ErrorCode: "unsupported_by_model" }) { Native = "embed_chat_model" },
        new(15, "chat_many_turns_truncated_render", "the oldest turns are dropped silently (native, too)",
            a => a.Prompt?.Contains("turn 0 ", StringComparison.Ordinal) is false,
            (a, calls) => a is { Status: 400, ErrorCode: "context_length_exceeded" }
                && Sent(calls, "truncate") == "false" && Option(calls, "num_ctx") == "2048")
        {
            Native = "chat_prompt_longer_than_ctx_notrunc",
            Path = "/v1/chat/completions",
            Adapt = _ => """{"model":"plain","messages":[{"role":"user","content":"turn 0 "}],"options":{"num_ctx":2048}}""",
        },
        new(16, "oa_chat_reasoning_unset", "a model that can think does so, unless the request forbids it",
            a => a.Thinks,
            (a, calls) => a.Content?.Length > 0 && Sent(calls, "think") == "false")
        {
            // The default is the same here, as with OpenAI's own thinking models; what counts is that it can be turned off.
            Native = "chat_think_false",
            Adapt = body => body[..^1] + ",\"reasoning_effort\":\"none\"}",
        },
        new(17, "oa_resp_stream_length", "an answer that was cut off is \"completed\"",
            a => a.ResponseStatus == "response.completed",
            (a, _) => a.ResponseStatus == "response.incomplete") { Native = "chat_num_predict_length_stream" },
        new(17, "oa_resp_previous_response_id", "accepted, but ignored",
            a => a.Status == 200, (a, calls) => a.Status == 404 && calls.Count == 0),
        new(18, "oa_chat_tools_text_then_tool_stream", "arguments are in another order than the model wrote them",
            a => a.Arguments is [var only] && only.StartsWith("{\"unit\"", StringComparison.Ordinal),
            (a, _) => a.Arguments is ["""{"city":"Paris","unit":"celsius"}"""]) { Native = "chat_tools_stream" },
    ];

    /// <summary>What a request to a model was sent with.</summary>
    public static IReadOnlyList<RecordedRequest> Asked(IReadOnlyList<RecordedRequest> calls) =>
        [.. calls.Where(call => call.Path is "/api/chat" or "/api/generate" or "/api/embed")];

    private static bool Refused(Observed answer, IReadOnlyList<RecordedRequest> calls, string param) =>
        answer.Status == 400 && answer.ErrorParam == param && Asked(calls).Count == 0;

    private static string? Sent(IReadOnlyList<RecordedRequest> calls, string member) =>
        Observed.At(Asked(calls)[0].Json(), member)?.GetRawText();

    private static string? Option(IReadOnlyList<RecordedRequest> calls, string member) =>
        Observed.At(Asked(calls)[0].Json(), "options", member)?.GetRawText();

    private static string? Message(IReadOnlyList<RecordedRequest> calls, int index) =>
        Observed.At(Asked(calls)[0].Json(), "messages") is { ValueKind: JsonValueKind.Array } messages
            ? messages[index].GetRawText()
            : null;

    [GeneratedRegex("^chatcmpl-[0-9]{1,3}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShortId();

    [GeneratedRegex("^chatcmpl-[A-Za-z0-9]{24}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LongId();
}
