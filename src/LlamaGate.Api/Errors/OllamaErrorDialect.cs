using System.Text.Encodings.Web;
using System.Text.Json;
using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>Ollama's error envelope, <c>{"error":"text"}</c>: its clients show an object instead of the text as "[object Object]".</summary>
internal sealed class OllamaErrorDialect : IErrorDialect
{
    private static readonly OpenAIErrorJsonContext Json = new(
        new JsonSerializerOptions(OpenAIErrorJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    public static OllamaErrorDialect Instance { get; } = new();

    public string ContentType => "application/json; charset=utf-8";

    /// <summary>What Ollama says itself stays as it is, status and bytes.</summary>
    public int StatusOf(GatewayException exception) => exception.UpstreamWords?.Status ?? ErrorDescription.Of(exception).Status;

    public string? FieldOf(GatewayException exception) => exception.Path;

    public ReadOnlyMemory<byte> ToBody(GatewayException exception, string? requestId) =>
        exception.UpstreamWords?.Json ?? JsonSerializer.SerializeToUtf8Bytes(new OllamaError(exception.Message), Json.OllamaError);

    public DialectError ToStreamError(GatewayException exception, string? requestId)
    {
        var description = ErrorDescription.Of(exception);
        return new DialectError(exception.Message, description.Type, description.Code, Param: null, ToBody(exception, requestId));
    }
}
