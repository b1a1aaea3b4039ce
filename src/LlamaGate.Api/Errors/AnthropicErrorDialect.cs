using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>Anthropic's error envelope. It has no member for a field: the message names it.</summary>
/// <param name="spell">The endpoint's names of fields: see <see cref="IFieldNames.Spell"/>.</param>
internal sealed class AnthropicErrorDialect(Func<RequestField, string?, string?> spell) : IErrorDialect
{
    /// <summary>Where Anthropic's clients look for the request's id.</summary>
    public const string RequestIdHeader = "request-id";

    /// <summary>This header distinguishes Anthropic's clients from OpenAI's on paths that both use.</summary>
    public const string VersionHeader = "anthropic-version";

    private const string InvalidRequest = "invalid_request_error";
    private const string Api = "api_error";
    private const string Overloaded = "overloaded_error";

    private static readonly OpenAIErrorJsonContext Json = new(
        new JsonSerializerOptions(OpenAIErrorJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    /// <summary>Names no field but those that an exception names in words.</summary>
    public static AnthropicErrorDialect Default { get; } = new((_, _) => null);

    public string ContentType => "application/json; charset=utf-8";

    public int StatusOf(GatewayException exception) => ErrorDescription.Of(exception).Status;

    public string? FieldOf(GatewayException exception) =>
        exception.Path ?? (exception.Field is { } field ? spell(field, exception.OptionName) : null);

    public ReadOnlyMemory<byte> ToBody(GatewayException exception, string? requestId) =>
        ToBytes(new(TypeOf(StatusOf(exception)), ToMessage(exception)) { Details = ToDetails(exception) }, requestId);

    public DialectError ToStreamError(GatewayException exception, string? requestId)
    {
        var type = ToStreamType(exception);
        var message = ToMessage(exception);
        return new DialectError(message, type, Code: null, Param: null, ToBytes(new(type, message), requestId));
    }

    private static byte[] ToBytes(AnthropicErrorBody error, string? requestId) =>
        JsonSerializer.SerializeToUtf8Bytes(new AnthropicError(error, requestId), Json.AnthropicError);

    /// <summary>Clients read it and send the request again without its thread.</summary>
    private AnthropicErrorDetails? ToDetails(GatewayException exception) =>
        exception.Error == GatewayError.ThreadUnsupported && FieldOf(exception) is { } field
            ? new(ErrorDescription.Of(exception).Code!, [field])
            : null;

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status402PaymentRequired => "billing_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status404NotFound => "not_found_error",
        StatusCodes.Status413PayloadTooLarge => "request_too_large",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        StatusCodes.Status503ServiceUnavailable => Overloaded,
        StatusCodes.Status504GatewayTimeout => "timeout_error",
        >= 500 => Api,
        _ => InvalidRequest,
    };

    /// <summary>A stream has no status that says whether another try may help. Clients stream again at one of these words, and not at the other.</summary>
    private static string ToStreamType(GatewayException exception) => exception.Error switch
    {
        GatewayError.UpstreamTimeout or GatewayError.UpstreamUnreachable or GatewayError.UpstreamBusy or GatewayError.NoHost
            or GatewayError.TooManyWaiting or GatewayError.QueueFull or GatewayError.QueueTimeout or GatewayError.ReaderTooSlow
            or GatewayError.ShuttingDown => Overloaded,
        GatewayError.UpstreamError or GatewayError.UpstreamLimited when !exception.FailsAgain => Overloaded,
        _ => TypeOf(ErrorDescription.Of(exception).Status),
    };

    /// <summary>Clients find the overflow, and both numbers in it, by its exact words.</summary>
    private string ToMessage(GatewayException exception) => exception switch
    {
        { Error: GatewayError.ContextLengthExceeded, ExceededContext: { } exceeded } => string.Create(
            CultureInfo.InvariantCulture,
            $"prompt is too long: {exceeded.PromptTokens} tokens > {exceeded.ContextTokens} maximum"),
        { Error: GatewayError.ContextLengthExceeded } => $"prompt is too long: {exception.Message}",
        _ when FieldOf(exception) is { } field && !exception.Message.Contains(field, StringComparison.Ordinal) =>
            $"{field}: {exception.Message}",
        _ => exception.Message,
    };
}
