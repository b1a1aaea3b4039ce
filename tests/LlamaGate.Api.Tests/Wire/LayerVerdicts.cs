using System.Text.Json;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>What Ollama's own layer makes of a field, read from its recordings.</summary>
internal static class LayerVerdicts
{
    private const string Works = "works";

    /// <summary>Fields by their row in docs/wire.md; those without a recording are not judged.</summary>
    private static readonly Dictionary<string, (string Recording, Func<Observed, string> Verdict)[]> ByRow =
        new(StringComparer.Ordinal)
        {
            ["chat.model"] = [Known("oa_chat_missing_model")],
            ["chat.roles"] = [Known("oa_chat_developer_role"), Taken("oa_chat_bad_role", "any string is accepted as a role")],
            ["chat.content"] = [Known("oa_chat_assistant_null_no_tools")],
            ["chat.content.parts"] = [Known("oa_chat_parts_render"), Known("oa_chat_parts_empty")],
            ["chat.content.image"] = [Known("vision_oa_render_mixed"), If("vision_oa_data_uri", a => a.Status == 200)],
            ["chat.message.tool_calls"] = [If("oa_chat_tool_result", a => a.Status == 200)],
            ["chat.temperature"] = [Taken("oa_chat_temperature_out_of_range", "no range: 9 is accepted")],
            ["chat.top_p"] = [Taken("oa_chat_top_p_out_of_range", "no range: 9 is accepted")],
            ["chat.frequency_penalty"] = [If("oa_chat_penalties", a => a.Status == 200)],
            ["chat.presence_penalty"] = [If("oa_chat_penalties", a => a.Status == 200)],
            ["chat.seed"] = [If("oa_chat_seed_a", a => a.Content == Observed.Of(Recording.Named("oa_chat_seed_a_again")).Content)],
            ["chat.stop"] = [Taken("oa_chat_stop_number", "a value that is not a string is dropped silently")],
            ["chat.max_completion_tokens"] = [Known("oa_chat_max_completion_tokens")],
            ["chat.max_tokens"] = [Known("oa_chat_max_tokens_zero"), Known("oa_chat_max_tokens_neg")],
            ["chat.response_format"] = [Known("oa_chat_response_format_unknown")],
            ["chat.response_format.json_object"] = [If("oa_chat_json_object", a => IsJson(a.Content))],
            ["chat.response_format.json_schema"] = [Known("oa_chat_json_schema_missing"), Nested("oa_chat_json_schema_bad")],
            ["chat.logprobs"] = [If("oa_chat_logprobs", a => a.HasLogprobs)],
            ["chat.top_logprobs"] = [If("oa_chat_top_logprobs_25", a => a.Status == 400)],
            ["chat.n"] = [Known("oa_chat_n2")],
            ["chat.reasoning_effort"] =
            [
                If("oa_chat_reasoning_high", a => a.Thinks),
                ("oa_chat_reasoning_unsupported", a => a.Status == 400 ? "400 for a model that does not think" : Works),
            ],
            ["chat.stream_options"] = [If("oa_chat_stream_usage", a => a.CompletionTokens > 0)],
            ["chat.context"] = [Known("chat_many_turns_truncated_render")],
            ["chat.tools"] = [If("oa_chat_tools", a => a.Arguments.Count == 1), Known("oa_chat_tools_text_then_tool_stream")],
            ["chat.tool_choice.auto"] = [If("oa_chat_tools", a => a.Arguments.Count == 1)],
            ["chat.tool_choice.none"] = [Known("oa_chat_tool_choice_none")],
            ["chat.tool_choice.required"] = [NotEnforced("oa_chat_tool_choice_required")],
            ["chat.tool_choice.named"] = [NotEnforced("oa_chat_tool_choice_named")],
            ["chat.user"] = [If("oa_chat_user_metadata", a => a.Status == 200)],
            ["chat.metadata"] = [If("oa_chat_user_metadata", a => a.Status == 200)],
            ["chat.store"] = [If("oa_chat_user_metadata", a => a.Status == 200)],
            ["chat.service_tier"] = [If("oa_chat_user_metadata", a => a.Status == 200)],
            ["chat.logit_bias"] = [Known("oa_chat_logit_bias")],
            ["chat.unknown"] = [Known("oa_chat_unknown_field")],
            ["answer.id"] = [Known("oa_chat_nonstream")],
            ["answer.reasoning"] = [If("oa_chat_reasoning_high", a => a.Thinks), Known("oa_chat_reasoning_unset")],
            ["stream.error"] = [Known("oa_chat_midstream_runner_killed")],
            ["stream.incomplete"] = [Known("oa_chat_token_repeat_abort_stream")],
            ["errors.upstream_incomplete"] = [Known("oa_chat_token_repeat_abort")],
            ["errors.nested"] = [Known("oa_chat_image_data_uri")],
            ["errors.model_not_found"] = [Known("oa_chat_missing_model")],
            ["errors.not_found"] = [Known("oa_unknown_path")],
            ["errors.method_not_allowed"] = [Known("oa_chat_get")],
            ["embeddings.input"] = [Known("oa_emb_too_long"), Taken("oa_emb_empty_string", "an empty string is accepted")],
            ["embeddings.model"] = [Known("oa_emb_chat_model")],
            ["embeddings.encoding_format"] = [If("oa_emb_base64", a => a.Status == 200)],
            ["embeddings.dimensions"] = [If("oa_emb_dimensions", a => a.Status == 200)],
            ["embeddings.user"] = [If("oa_emb_user", a => a.Status == 200)],
            ["completions.prompt"] = [Known("oa_comp_empty_prompt"), Known("oa_comp_prompt_array")],
            ["completions.suffix"] = [If("oa_comp_suffix", a => a.Status == 200)],
            ["completions.max_tokens"] = [If("oa_comp_max_tokens", a => a.FinishReason == "length")],
            ["completions.stop"] = [If("oa_comp_stop", a => a.Status == 200)],
            ["completions.echo"] =
            [
                ("oa_comp_echo", a => a.Text.Contains("\"text\":\"hi", StringComparison.Ordinal) ? Works : "ignored silently"),
            ],
            ["completions.n"] = [("oa_comp_n2", a => a.Choices == 1 ? "ignored: one answer" : Works)],
            ["completions.best_of"] = [Taken("oa_comp_best_of", "ignored silently")],
            ["completions.logprobs"] = [Known("oa_comp_logprobs")],
            ["completions.stream_options"] = [Known("oa_comp_stream_usage")],
            ["completions.reasoning"] = [Known("oa_comp_thinking_model_default")],
            ["responses.max_output_tokens"] = [Known("oa_resp_stream_length")],
            ["responses.instructions"] = [If("oa_resp_instructions", a => a.Status == 200)],
            ["responses.text.format"] = [If("oa_resp_text_format", a => a.Status == 200)],
            ["responses.tools"] = [If("oa_resp_tools_stream", a => a.ResponseStatus == "response.completed")],
            ["responses.previous_response_id"] = [Known("oa_resp_previous_response_id")],
            ["responses.stream"] = [Known("oa_resp_midstream_runner_killed")],
        };

    public static IEnumerable<string> Rows => ByRow.Keys;

    /// <summary>Verdicts and the recordings that they are read from.</summary>
    public static (string Verdict, string Recordings) Of(string row)
    {
        if (!ByRow.TryGetValue(row, out var found))
        {
            return ("–", "");
        }

        var verdicts = found.Select(one => (one.Recording, Verdict: one.Verdict(Observed.Of(Recording.Named(one.Recording)))));
        var told = verdicts.Where(one => one.Verdict != Works || found.Length == 1).ToArray();
        return (
            string.Join("; ", told.Select(one => one.Verdict)),
            string.Join(", ", told.Select(one => $"`{one.Recording}`")));
    }

    /// <summary>A defect that is tested on its own.</summary>
    private static (string Recording, Func<Observed, string> Verdict) Known(string recording)
    {
        var defect = LayerDefects.All.Single(d => d.Recording == recording);
        return (recording, a => defect.Shows(a) ? defect.Says : Works);
    }

    private static (string Recording, Func<Observed, string> Verdict) Nested(string recording) =>
        (recording, a => a.ErrorMessage?.StartsWith('{') is true ? "the error for a bad schema is JSON in a string" : Works);

    private static (string Recording, Func<Observed, string> Verdict) Taken(string recording, string says) =>
        (recording, a => a.Status == 200 ? says : Works);

    private static (string Recording, Func<Observed, string> Verdict) If(string recording, Func<Observed, bool> works) =>
        (recording, a => works(a) ? Works : "does not work");

    /// <summary>The same tokens as without it: the model called of its own accord.</summary>
    private static (string Recording, Func<Observed, string> Verdict) NotEnforced(string recording) => (recording, a =>
        a.CompletionTokens == Observed.Of(Recording.Named("oa_chat_tools")).CompletionTokens ? "no difference from auto" : Works);

    private static bool IsJson(string? text)
    {
        try
        {
            return text is not null && JsonElement.Parse(text).ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
