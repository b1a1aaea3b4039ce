using LlamaGate.Api.Configuration;
using LlamaGate.Api.Lifetime;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Converts any exception into the one error model, for plain answers and for the in-band frames of streams.
/// Only the text of a <see cref="GatewayException"/> is shown to the caller: any other could contain anything.
/// </summary>
internal sealed class ErrorTranslator(GatewaySettings settings, Drain drain)
{
    /// <summary>The name for logs: the code, or the type if there is no code. The same in every dialect.</summary>
    public static string ToCode(GatewayException exception)
    {
        var description = ErrorDescription.Of(exception.Error);
        return description.Code ?? description.Type;
    }

    public GatewayException Translate(Exception exception) => exception switch
    {
        GatewayException known => known,
        BadHttpRequestException bad => OfStatus(bad.StatusCode, exception),
        OperationCanceledException when drain.Deadline.IsCancellationRequested => new GatewayException(
            GatewayError.ShuttingDown, "The gateway is shutting down. Try again shortly.", exception),
        _ => OfStatus(StatusCodes.Status500InternalServerError, exception),
    };

    /// <summary>The envelope for a status that the framework set by itself.</summary>
    public GatewayException OfStatus(int status, Exception? cause = null) => status switch
    {
        StatusCodes.Status401Unauthorized => new(GatewayError.InvalidApiKey, "An API key is required.", cause),
        StatusCodes.Status404NotFound => new(
            GatewayError.NotFound, "No such route. The API is described at /swagger.", cause),
        StatusCodes.Status405MethodNotAllowed => new(
            GatewayError.MethodNotAllowed, "This route does not support this method; see the Allow header.", cause),
        StatusCodes.Status413PayloadTooLarge => new(
            GatewayError.RequestTooLarge,
            $"The request body is larger than {settings.MaxBodyMb} MB, this gateway's limit (MAX_BODY_MB).",
            cause),
        StatusCodes.Status415UnsupportedMediaType => new(
            GatewayError.UnsupportedMediaType, "The body must be sent as Content-Type: application/json.", cause),
        StatusCodes.Status408RequestTimeout => new(
            GatewayError.InvalidRequest, "The request body came too slowly.", cause),
        StatusCodes.Status414UriTooLong => new(
            GatewayError.InvalidRequest, "The request's path is longer than this server takes.", cause),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new(
            GatewayError.InvalidRequest, "The request headers exceed this server's limit: 32 KB or 100 headers.", cause),
        StatusCodes.Status505HttpVersionNotsupported => new(
            GatewayError.InvalidRequest, "This server speaks HTTP/1.0 and HTTP/1.1.", cause),
        >= 400 and < 500 => new(GatewayError.InvalidRequest, "The request could not be read.", cause),
        _ => new(
            GatewayError.Internal,
            "The gateway failed on this request. Its log has the cause under the X-Request-ID of this answer.",
            cause),
    };
}
