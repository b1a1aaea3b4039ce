using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>
/// The members that the lines of <c>/api/chat</c> and <c>/api/generate</c> have in common, while a line is read.
/// </summary>
/// <remarks>
/// Read by hand, directly into the domain: this runs once for every token, and the serializer would create a wire object
/// for each.
/// </remarks>
internal struct OllamaGenerationAnswer
{
    private bool _isDone;
    private string? _doneReason;
    private IReadOnlyList<TokenLogprob>? _logprobs;
    private int _promptTokens;
    private int _tokens;
    private long _totalNanoseconds;
    private long _loadNanoseconds;
    private long _promptNanoseconds;
    private long _evalNanoseconds;

    /// <summary>
    /// Any reason other than stop and length (load, unload, one from a later version) counts as a normal end.
    /// </summary>
    private readonly FinishReason FinishReason =>
        _doneReason == "length" ? FinishReason.Length : FinishReason.Stop;

    private readonly GenerationTimings Timings =>
        OllamaDurations.ToTimings(_loadNanoseconds, _promptNanoseconds, _evalNanoseconds);

    public readonly bool IsDone => _isDone;

    /// <summary>Of an answer that is passed on as it is; tokens are null where none are counted.</summary>
    public readonly UpstreamEnd ToEnd() =>
        new(_promptTokens + _tokens > 0 ? new TokenUsage(_promptTokens, _tokens) : null, Timings);

    /// <summary>The same of embeddings, for which Ollama reports the whole time and that of the load.</summary>
    public readonly UpstreamEnd ToEmbedEnd() =>
        new(new TokenUsage(_promptTokens, CompletionTokens: 0), EmbeddingAnswerMapping.ToTimings(_loadNanoseconds, _totalNanoseconds));

    public readonly ConversationUpdate ToUpdate(
        int call, string? content, string? thinking, IReadOnlyList<ToolCall> toolCalls) => new()
        {
            Call = call,
            Content = content ?? "",
            Thinking = thinking,
            ToolCalls = toolCalls,
            Logprobs = _logprobs,
            IsDone = _isDone,
            FinishReason = _isDone ? FinishReason : null,
            Usage = _isDone ? new TokenUsage(_promptTokens, _tokens) : null,
            Timings = _isDone ? Timings : null,
        };

    /// <summary>
    /// Reads a member that is not specific to the endpoint; the reader is at its name before, and at the end of its value
    /// afterwards.
    /// </summary>
    /// <exception cref="Domain.Errors.GatewayException">The member is the error of a stream that failed.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("done"u8))
        {
            reader.Read();
            _isDone = reader.GetBoolean();
        }
        else if (reader.ValueTextEquals("created_at"u8) || reader.ValueTextEquals("model"u8))
        {
            reader.Skip();
        }
        else if (reader.ValueTextEquals("logprobs"u8))
        {
            reader.Read();
            _logprobs = OllamaLogprob.ToDomain(
                JsonSerializer.Deserialize(ref reader, OllamaJsonContext.Instance.IReadOnlyListOllamaLogprob));
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            ThrowIfFailed(ref reader);
        }
        else
        {
            ReadEnd(ref reader);
        }
    }

    /// <summary>The members that only the last line has; Ollama leaves out zeros.</summary>
    private void ReadEnd(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("done_reason"u8))
        {
            reader.Read();
            _doneReason = reader.GetString();
        }
        else if (reader.ValueTextEquals("prompt_eval_count"u8))
        {
            reader.Read();
            _promptTokens = reader.GetInt32();
        }
        else if (reader.ValueTextEquals("eval_count"u8))
        {
            reader.Read();
            _tokens = reader.GetInt32();
        }
        else if (reader.ValueTextEquals("total_duration"u8))
        {
            reader.Read();
            _totalNanoseconds = reader.GetInt64();
        }
        else if (reader.ValueTextEquals("load_duration"u8))
        {
            reader.Read();
            _loadNanoseconds = reader.GetInt64();
        }
        else if (reader.ValueTextEquals("prompt_eval_duration"u8))
        {
            reader.Read();
            _promptNanoseconds = reader.GetInt64();
        }
        else if (reader.ValueTextEquals("eval_duration"u8))
        {
            reader.Read();
            _evalNanoseconds = reader.GetInt64();
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ThrowIfFailed(ref Utf8JsonReader reader)
    {
        var error = JsonElement.ParseValue(ref reader);
        if (error.ValueKind is not JsonValueKind.Null)
        {
            throw OllamaErrorText.Of(error) is { } said ? OllamaErrors.FromStreamLine(said) : OllamaErrors.NotTheProtocol();
        }
    }
}
