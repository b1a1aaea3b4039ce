using System.Buffers;
using System.Net;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Health;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// What went wrong upstream, in the gateway's words. Status and stable words are matched, never a whole sentence.
/// </summary>
internal static class OllamaErrors
{
    private const string RefusedCredentials = "OLLAMA_API_KEY is missing or wrong, or its owner may not use this model";

    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The failures that an operator must read of; runner texts otherwise may quote a prompt or an answer.
    /// </summary>
    private static readonly string[] LoggableStarts =
    [
        "llama-server process has terminated", "server busy", "an error was encountered while running the model",
        "model requires more",
    ];

    /// <summary>An answer that is no success.</summary>
    public static GatewayException FromStatus(
        HttpResponseMessage response, ReadOnlySequence<byte> body, UpstreamEndpoint endpoint)
    {
        var status = (int)response.StatusCode;
        var said = ReadMessage(body);
        if (said is null && FindAddressFault(response, endpoint) is { } fault)
        {
            return new GatewayException(GatewayError.UpstreamError, fault) { LogDetail = $"status {status}: {fault}" };
        }

        var message = said ?? $"Ollama answered with status {status}.";
        return response.StatusCode switch
        {
            HttpStatusCode.NotFound when message.Contains("not found", StringComparison.Ordinal)
                && message.Contains("model", StringComparison.Ordinal) =>
                At(GatewayError.ModelNotFound, message, RequestField.Model),
            HttpStatusCode.BadRequest => FromBadRequest(message, endpoint),
            // The runner's own words tell its operator how to start it, which is no help to the caller.
            HttpStatusCode.NotImplemented when endpoint is UpstreamEndpoint.Embed => At(
                GatewayError.UnsupportedByModel,
                "This model makes no embeddings; an embedding model is needed.",
                RequestField.Model),
            HttpStatusCode.NotImplemented => At(GatewayError.UnsupportedByModel, message, RequestField.Model),
            HttpStatusCode.InternalServerError when FromBadOption(message) is { } badOption => badOption,
            HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests => new(GatewayError.UpstreamBusy, message)
            {
                RetryAfter = response.Headers.RetryAfter?.Delta ?? BusyRetryAfter,
                LogDetail = $"status {status}",
            },
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden when said is not null || status == 401 => new(
                GatewayError.UpstreamError, message)
            {
                LogDetail = $"status {status}: {RefusedCredentials}",
            },
            // Without a word: how Ollama refuses a host name that it does not know.
            HttpStatusCode.Forbidden => new(
                GatewayError.UpstreamError,
                "Ollama refused the request (403). Check OLLAMA_HOST: Ollama answers only to host names it knows.")
            {
                LogDetail = "status 403: Ollama does not accept the host name in OLLAMA_HOST",
            },
            _ => new(GatewayError.UpstreamError, message) { LogDetail = ToLogDetail(status, message) },
        };
    }

    /// <summary>A page for people in the place of an answer, whatever its status: what listens there is not Ollama.</summary>
    public static bool IsWebPage(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && UpstreamAddressFault.IsWebPage(type.ToString());

    private static string? FindAddressFault(HttpResponseMessage response, UpstreamEndpoint endpoint) =>
        response.RequestMessage?.RequestUri is { } requested
            ? UpstreamAddressFault.Find(
                requested,
                endpoint.Path(),
                (int)response.StatusCode,
                response.Headers.Location,
                response.Content.Headers.ContentType?.MediaType)
            : null;

    /// <summary>An error line in a stream that had begun.</summary>
    public static GatewayException FromStreamLine(string error)
    {
        var message = Unwrap(error);
        return new(GatewayError.UpstreamError, message) { LogDetail = ToLogDetail(200, message) };
    }

    /// <summary>An answer that ended without saying that it was done.</summary>
    public static GatewayException Incomplete() =>
        new(
            GatewayError.UpstreamIncomplete,
            "Ollama stopped before the answer was complete (its guard against repetition does so).");

    /// <summary>An answer that cannot be read.</summary>
    public static GatewayException NotTheProtocol(Exception? exception = null) =>
        new(GatewayError.UpstreamError, "Ollama answered with something that is not its protocol.", exception);

    /// <summary>
    /// A failure of the connection or of time; null for what is no failure of the upstream (the caller left, a fault of
    /// ours).
    /// </summary>
    public static GatewayException? FromTransport(Exception exception, IdleTimeout idle) => exception switch
    {
        OperationCanceledException when idle.IsOver =>
            new(GatewayError.UpstreamTimeout, "Ollama sent nothing for the time that TIMEOUT allows.", exception),
        OperationCanceledException when idle.CallerLeft => null,
        // What is left is the connection's own limit.
        OperationCanceledException => Unreachable("Ollama could not be reached.", exception),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded,
        } =>
            NotTheProtocol(exception),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpRequestException { InnerException: IOException } or IOException =>
            Unreachable("The connection to Ollama broke before the answer was complete.", exception),
        HttpRequestException => Unreachable("Ollama could not be reached.", exception),
        _ => null,
    };

    private static GatewayException Unreachable(string message, Exception exception) =>
        new(GatewayError.UpstreamUnreachable, message, innerException: exception)
        {
            LogDetail = exception is HttpRequestException { HttpRequestError: var error }
                ? error.ToString()
                : exception.GetType().Name,
        };

    private static GatewayException FromBadRequest(string message, UpstreamEndpoint endpoint)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        GatewayException Invalid(RequestField field) => At(GatewayError.InvalidRequest, message, field);
        GatewayException Unsupported(RequestField field) => At(GatewayError.UnsupportedByModel, message, field);

        return message switch
        {
            _ when Says("context size") || Says("context length") =>
                At(GatewayError.ContextLengthExceeded, message, RequestField.Prompt),
            _ when Says("does not support thinking") => Unsupported(endpoint.ThinkingField()),
            _ when Says("does not support tools") => Unsupported(RequestField.Tools),
            _ when Says("does not support insert") => Unsupported(RequestField.Suffix),
            _ when Says("does not support") || Says("multimodal") => Unsupported(RequestField.Model),
            _ when Says("model name") => Invalid(RequestField.Model),
            _ when Says("schema") => Invalid(RequestField.Format),
            _ when Says("invalid duration") || Says("keep_alive") => Invalid(RequestField.KeepAlive),
            _ when Says("think value") => Invalid(RequestField.Think),
            _ => new(GatewayError.InvalidRequest, message),
        };
    }

    /// <summary>
    /// Ollama answers wrong types in <c>options</c> with 500: <c>option "temperature" must be of type float32</c>. Null
    /// for others.
    /// </summary>
    private static GatewayException? FromBadOption(string message)
    {
        if (message.StartsWith("invalid format", StringComparison.Ordinal))
        {
            return At(GatewayError.InvalidRequest, message, RequestField.Format);
        }

        var parts = message.Split('"');
        return parts is ["option ", var name, var rest] && rest.StartsWith(" must be of type", StringComparison.Ordinal)
            ? new(GatewayError.InvalidRequest, message) { Field = RequestField.Option, OptionName = name }
            : null;
    }

    private static GatewayException At(GatewayError error, string message, RequestField field) =>
        new(error, message) { Field = field };

    private static string ToLogDetail(int status, string message) =>
        LoggableStarts.Any(start => message.StartsWith(start, StringComparison.Ordinal))
            ? $"status {status}: {message[..Math.Min(message.Length, 300)]}"
            : $"status {status}";

    private static string? ReadMessage(ReadOnlySequence<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var error = JsonSerializer.Deserialize(ref reader, OllamaJsonContext.Instance.OllamaErrorBody)?.Error;
            return string.IsNullOrWhiteSpace(error) ? null : Unwrap(error);
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            return null;
        }
    }

    /// <summary>Runner errors are a whole JSON body in a string: <c>{"error":{"code","message","type"}}</c>.</summary>
    private static string Unwrap(string error)
    {
        if (!error.StartsWith('{'))
        {
            return error;
        }

        try
        {
            using var document = JsonDocument.Parse(error);
            return document.RootElement.TryGetProperty("error", out var inner)
                && inner.ValueKind == JsonValueKind.Object
                && inner.TryGetProperty("message", out var message)
                && message.GetString() is { Length: > 0 } text
                ? text
                : error;
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            return error;
        }
    }
}
