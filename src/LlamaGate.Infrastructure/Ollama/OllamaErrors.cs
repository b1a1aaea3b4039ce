using System.Buffers;
using System.Net;
using System.Net.Sockets;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Health;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Maps upstream failures to the gateway's errors. Status and stable words are matched, never a whole sentence.
/// </summary>
internal static class OllamaErrors
{
    private const string RefusedCredentials = "OLLAMA_API_KEY is missing or wrong, or its owner may not use this model";

    /// <summary>Sent to the calls that waited for a runner that died.</summary>
    private const string RunnerIsGone = "server process no longer running";

    private static readonly TimeSpan BusyRetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The failures whose text is logged for the operator; other runner texts may quote a prompt or an answer.
    /// </summary>
    private static readonly string[] LoggableStarts =
    [
        "llama-server process has terminated", "llama-server process no longer running", "server busy",
        "an error was encountered while running the model", "model requires more",
    ];

    /// <summary>Words of failures caused by the model itself: it would not load the next time either.</summary>
    private static readonly string[] ModelFaults =
        ["error loading model", "unable to load model", "unknown model architecture", "unsupported model"];

    /// <summary>Words of a limit that lasts for hours or days, so that a retry within seconds is useless.</summary>
    private static readonly string[] SpentLimits = ["usage limit", "quota", "upgrade"];

    /// <summary>An answer that is no success.</summary>
    /// <param name="response">Its status and headers.</param>
    /// <param name="body">Null when it broke while it was read.</param>
    /// <param name="endpoint">What was called.</param>
    public static GatewayException FromStatus(
        HttpResponseMessage response, ReadOnlySequence<byte>? body, UpstreamEndpoint endpoint)
    {
        var status = (int)response.StatusCode;
        var said = body is { } whole ? OllamaErrorText.Read(whole) : null;
        if (said is null && FindAddressFault(response, endpoint) is { } fault)
        {
            return Failed(GatewayError.UpstreamError, fault, status, failsAgain: true, $"status {status}: {fault}");
        }

        said ??= new OllamaErrorText($"Ollama answered with status {status}.");
        return FindCallersFault(response.StatusCode, said, endpoint)
            ?? FindRefusal(response, said.Message, isBare: body is { IsEmpty: true })
            ?? Failed(
                GatewayError.UpstreamError, said.Message, status, FailsAgain(status, said.Message), ToLogDetail(status, said.Message));
    }

    /// <summary>
    /// Whether the runner or the connection was lost before the answer began, so that the call may be retried.
    /// </summary>
    public static bool MaySucceedAtOnce(GatewayException failure) => failure switch
    {
        { Error: GatewayError.UpstreamError } => failure.Message.Contains(RunnerIsGone, StringComparison.Ordinal),
        { Error: GatewayError.UpstreamUnreachable } => IsBrokenConnection(failure.InnerException),
        _ => false,
    };

    /// <summary>Whether no connection could be made, so that the host did not even see the call.</summary>
    public static bool IsRefused(GatewayException failure) =>
        failure.Error is GatewayError.UpstreamUnreachable && !IsBrokenConnection(failure.InnerException);

    /// <summary>A web page instead of an answer, whatever its status: another server than Ollama listens there.</summary>
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
    public static GatewayException FromStreamLine(OllamaErrorText said) => Failed(
        GatewayError.UpstreamError, said.Message, 200, FailsAgain(200, said.Message), ToLogDetail(200, said.Message));

    /// <summary>An answer that ended without a final line.</summary>
    public static GatewayException Incomplete() =>
        new(
            GatewayError.UpstreamIncomplete,
            "Ollama stopped before the answer was complete (its guard against repetition ends answers that repeat themselves).");

    /// <summary>An answer that cannot be read.</summary>
    public static GatewayException NotTheProtocol(Exception? exception = null) =>
        new(GatewayError.UpstreamError, "Ollama's answer does not follow its protocol.", exception)
        {
            UpstreamStatus = exception is HttpRequestException ? null : 200,
        };

    /// <summary>
    /// A connection failure, a timeout, or the reason why somebody else ended the call; null for anything that is not an upstream failure (the caller disconnected, an internal
    /// fault).
    /// </summary>
    public static GatewayException? FromTransport(Exception exception, IdleTimeout idle) => exception switch
    {
        OperationCanceledException when idle.BreakReason is { } reason => reason,
        OperationCanceledException when idle.IsOver =>
            new(GatewayError.UpstreamTimeout, "Ollama sent nothing within TIMEOUT.", exception),
        OperationCanceledException when idle.CallerLeft => null,
        // The only remaining cause is the connection's own limit.
        OperationCanceledException => Unreachable("Ollama could not be reached.", exception),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded,
        } =>
            NotTheProtocol(exception),
        _ when IsBrokenConnection(exception) =>
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

    // .NET throws a bare SocketException when a connection was reset between its making and its first use.
    private static bool IsBrokenConnection(Exception? exception) => exception is
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
        or HttpRequestException { InnerException: IOException } or IOException or SocketException;

    private static GatewayException? FindCallersFault(HttpStatusCode status, OllamaErrorText said, UpstreamEndpoint endpoint) =>
        status switch
        {
            HttpStatusCode.NotFound when said.Message.Contains("not found", StringComparison.Ordinal)
                && said.Message.Contains("model", StringComparison.Ordinal) =>
                OllamaRefusals.At(GatewayError.ModelNotFound, said.Message, RequestField.Model),
            HttpStatusCode.BadRequest => OllamaRefusals.FromBadRequest(said, endpoint),
            // Ollama itself has no limit, so it is a proxy's.
            HttpStatusCode.RequestEntityTooLarge => new(GatewayError.RequestTooLarge, said.Message),
            // The runner's own message explains how to start it, which does not help the caller.
            HttpStatusCode.NotImplemented when endpoint is UpstreamEndpoint.Embed => NoEmbeddings.Refusal(),
            HttpStatusCode.NotImplemented => OllamaRefusals.At(GatewayError.UnsupportedByModel, said.Message, RequestField.Model),
            HttpStatusCode.InternalServerError => OllamaRefusals.FromBadOption(said.Message),
            _ => null,
        };

    private static GatewayException? FindRefusal(HttpResponseMessage response, string message, bool isBare)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Failed(
                GatewayError.UpstreamError, message, status, failsAgain: true, $"status {status}: {RefusedCredentials}"),
            // Ollama refuses an unknown host name without a message.
            HttpStatusCode.Forbidden when isBare => Failed(
                GatewayError.UpstreamError,
                "Ollama refused the request (403). Check OLLAMA_HOST: Ollama answers only to host names it knows.",
                status,
                failsAgain: true,
                "status 403: Ollama does not accept the host name in OLLAMA_HOST"),
            HttpStatusCode.Forbidden => Failed(
                GatewayError.UpstreamRefused, message, status, failsAgain: true, $"status {status}: {RefusedCredentials}"),
            HttpStatusCode.PaymentRequired or HttpStatusCode.Gone or HttpStatusCode.PreconditionFailed => Failed(
                GatewayError.UpstreamRefused, message, status, failsAgain: true, $"status {status}"),
            HttpStatusCode.TooManyRequests when Says(message, SpentLimits) => Failed(
                GatewayError.UpstreamLimited, message, status, failsAgain: true, $"status {status}: a usage limit is exhausted"),
            HttpStatusCode.TooManyRequests => Busy(GatewayError.UpstreamLimited, message, response),
            HttpStatusCode.ServiceUnavailable => Busy(GatewayError.UpstreamBusy, message, response),
            HttpStatusCode.GatewayTimeout => Failed(
                GatewayError.UpstreamTimeout, message, status, failsAgain: true, $"status {status}"),
            _ => null,
        };
    }

    private static GatewayException Busy(GatewayError error, string message, HttpResponseMessage response) => new(error, message)
    {
        RetryAfter = WaitOf(response) ?? BusyRetryAfter,
        UpstreamStatus = (int)response.StatusCode,
        LogDetail = $"status {(int)response.StatusCode}",
    };

    /// <summary>Retry-After in seconds, or as a date by the clock that has written it.</summary>
    private static TimeSpan? WaitOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } until } when response.Headers.Date is { } now && until > now => until - now,
        _ => null,
    };

    /// <summary>Statuses below 500 concern the request; of them only these may be temporary: timeout, conflict, too early, client closed.</summary>
    private static bool FailsAgain(int status, string message) => status switch
    {
        408 or 409 or 425 or 499 => false,
        >= 400 and < 500 => true,
        _ => Says(message, ModelFaults) || Says(message, SpentLimits),
    };

    private static bool Says(string message, string[] words) =>
        words.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static GatewayException Failed(GatewayError error, string message, int status, bool failsAgain, string detail) =>
        new(error, message) { UpstreamStatus = status, FailsAgain = failsAgain, LogDetail = detail };

    private static string ToLogDetail(int status, string message) =>
        LoggableStarts.Any(start => message.StartsWith(start, StringComparison.Ordinal))
            ? $"status {status}: {message[..Math.Min(message.Length, 300)]}"
            : $"status {status}";
}
