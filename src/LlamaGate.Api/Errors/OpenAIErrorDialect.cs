using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>OpenAI's error envelope.</summary>
/// <param name="spell">The endpoint's names of fields: see <see cref="IFieldNames.Spell"/>.</param>
internal sealed class OpenAIErrorDialect(Func<RequestField, string?, string?> spell) : IErrorDialect
{
    // Relaxed: the body is JSON for programs, never part of a page; people read quotes and arrows, not \u0027.
    private static readonly OpenAIErrorJsonContext Json = new(
        new JsonSerializerOptions(OpenAIErrorJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    /// <summary>Names no field but those that an exception names in words.</summary>
    public static OpenAIErrorDialect Default { get; } = new((_, _) => null);

    public string ContentType => "application/json; charset=utf-8";

    public int StatusOf(GatewayException exception) => ErrorDescription.Of(exception.Error).Status;

    public string? FieldOf(GatewayException exception) =>
        exception.Path ?? (exception.Field is { } field ? spell(field, exception.OptionName) : null);

    public ReadOnlyMemory<byte> ToBody(GatewayException exception) => ToBytes(ToError(exception));

    public DialectError ToStreamError(GatewayException exception)
    {
        var error = ToError(exception);
        return new DialectError(error.Message, error.Type, error.Code, error.Param, ToBytes(error));
    }

    public OpenAIErrorBody ToError(GatewayException exception)
    {
        var description = ErrorDescription.Of(exception.Error);
        return new OpenAIErrorBody(exception.Message, description.Type, FieldOf(exception), description.Code);
    }

    internal static byte[] ToBytes(OpenAIErrorBody error) =>
        JsonSerializer.SerializeToUtf8Bytes(new OpenAIError(error), Json.OpenAIError);

}
