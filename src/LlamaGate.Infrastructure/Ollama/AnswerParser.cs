using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Ollama's JSON → values. Anything that is not valid Ollama JSON is an upstream error.</summary>
internal static class AnswerParser
{
    /// <summary>Starts a call and reads its whole answer.</summary>
    /// <param name="end">The generation data in the answer; null when there is none.</param>
    public static async Task<T> ReadAsync<T>(
        this IUpstreamCalls calls,
        UpstreamCall call,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken,
        Func<T, UpstreamEnd>? end = null)
        where T : class
    {
        using var answer = await calls.StartAsync(call, cancellationToken);
        return await answer.ReadAsync(type, cancellationToken, end);
    }

    /// <summary>Reads the whole answer as one JSON value.</summary>
    public static async Task<T> ReadAsync<T>(
        this IUpstreamAnswer answer, JsonTypeInfo<T> type, CancellationToken cancellationToken, Func<T, UpstreamEnd>? end = null)
        where T : class
    {
        using var body = await answer.ReadToEndAsync(cancellationToken);
        var value = answer.Parse<JsonTypeInfo<T>, T>(
            new(body.Memory), type, static (ref reader, type) => JsonSerializer.Deserialize(ref reader, type));
        await answer.CompleteAsync(end?.Invoke(value) ?? new UpstreamEnd(Usage: null, Timings: null));
        return value;
    }

    /// <summary>Reads one value of an answer, and notes its failure.</summary>
    public static T Parse<TState, T>(
        this IUpstreamAnswer answer, ReadOnlySequence<byte> json, TState state, JsonReading<TState, T> read)
        where T : class
    {
        try
        {
            return Parse(json, state, read);
        }
        catch (GatewayException failure)
        {
            answer.Failure = failure.Error;
            throw;
        }
    }

    /// <summary>Reads one value.</summary>
    public static T Parse<TState, T>(ReadOnlySequence<byte> json, TState state, JsonReading<TState, T> read)
        where T : class
    {
        try
        {
            // A line is usually within one packet, and a reader over a single span is faster.
            var reader = json.IsSingleSegment
                ? new Utf8JsonReader(json.FirstSpan, ContractSerialization.ReaderOptions)
                : new Utf8JsonReader(json, ContractSerialization.ReaderOptions);
            var value = read(ref reader, state)
                ?? throw new GatewayException(GatewayError.UpstreamError, "Ollama answered null.");
            // Reading stops after the value. The reader throws if anything follows, because it would be lost.
            reader.Read();
            return value;
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            throw OllamaErrors.NotTheProtocol(exception);
        }
    }
}
