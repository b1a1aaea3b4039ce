using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>OpenAI's error envelope.</summary>
/// <param name="spell">The endpoint's field names: see <see cref="IFieldNames.Spell"/>.</param>
internal sealed class OpenAIErrorDialect(Func<RequestField, string?, string?> spell) : IErrorDialect
{
    // Relaxed: the body is JSON for programs, never part of a web page, and quotes and arrows are easier to read than \u0027.
    private static readonly OpenAIErrorJsonContext Json = new(
        new JsonSerializerOptions(OpenAIErrorJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    /// <summary>Uses only the field names that an exception supplies itself.</summary>
    public static OpenAIErrorDialect Default { get; } = new((_, _) => null);

    public string ContentType => "application/json; charset=utf-8";

    public int StatusOf(GatewayException exception) => ErrorDescription.Of(exception).Status;

    public string? FieldOf(GatewayException exception) =>
        exception.Path ?? (exception.Field is { } field ? spell(field, exception.OptionName) : null);

    public ReadOnlyMemory<byte> ToBody(GatewayException exception, string? requestId) => ToBytes(ToError(exception));

    public DialectError ToStreamError(GatewayException exception, string? requestId)
    {
        var error = ToError(exception);
        error = error with { Message = ToStreamPrefix(exception) + error.Message };
        return new DialectError(error.Message, error.Type, error.Code, error.Param, ToBytes(error));
    }

    public OpenAIErrorBody ToError(GatewayException exception)
    {
        var description = ErrorDescription.Of(exception);
        return new OpenAIErrorBody(exception.Message, description.Type, FieldOf(exception), description.Code);
    }

    /// <summary>
    /// A stream has no status that says whether a retry may help: agents look for these words at the beginning of the message.
    /// </summary>
    private static string ToStreamPrefix(GatewayException exception) => exception switch
    {
        { FailsAgain: true } => "",
        { Error: GatewayError.UpstreamUnreachable } => "Connection lost: ",
        { Error: GatewayError.UpstreamError or GatewayError.UpstreamBusy or GatewayError.UpstreamLimited or GatewayError.NoHost } => "Server error: ",
        { Error: GatewayError.TooManyWaiting or GatewayError.QueueFull or GatewayError.QueueTimeout } => "Server error: ",
        { Error: GatewayError.ReaderTooSlow or GatewayError.ShuttingDown } => "Server error: ",
        _ => "",
    };

    internal static byte[] ToBytes(OpenAIErrorBody error) =>
        JsonSerializer.SerializeToUtf8Bytes(new OpenAIError(error), Json.OpenAIError);
}
