using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Ollama's JSON → values. What is no JSON of Ollama's is an error of the upstream.</summary>
internal static class AnswerParser
{
    /// <summary>Starts a call and reads its whole answer.</summary>
    /// <param name="end">What the answer reports of the generation; null when there is none.</param>
    public static async Task<T> ReadAsync<T>(
        this IUpstreamCalls calls,
        UpstreamCall call,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken,
        Func<T, UpstreamEnd>? end = null)
        where T : class
    {
        using var answer = await calls.StartAsync(call, cancellationToken);
        using var body = await answer.ReadToEndAsync(cancellationToken);
        var value = Parse<JsonTypeInfo<T>, T>(
            new(body.Memory), type, static (ref reader, type) => JsonSerializer.Deserialize(ref reader, type));
        await answer.CompleteAsync(end?.Invoke(value) ?? new UpstreamEnd(Usage: null, Timings: null));
        return value;
    }

    /// <summary>Reads one value.</summary>
    public static T Parse<TState, T>(ReadOnlySequence<byte> json, TState state, JsonReading<TState, T> read)
        where T : class
    {
        try
        {
            // A line mostly lies within one packet, and a reader of one span is the faster one.
            var reader = json.IsSingleSegment ? new Utf8JsonReader(json.FirstSpan) : new Utf8JsonReader(json);
            var value = read(ref reader, state)
                ?? throw new GatewayException(GatewayError.UpstreamError, "Ollama answered null.");
            // Reading stops behind the value. What follows would get lost: the reader throws when there is anything.
            reader.Read();
            return value;
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            throw OllamaErrors.NotTheProtocol(exception);
        }
    }
}
