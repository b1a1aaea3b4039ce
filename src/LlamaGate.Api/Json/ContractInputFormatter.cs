using System.Text.Json;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Json;

/// <summary>
/// Reads JSON bodies and tells what is wrong with one in OpenAI's words: MVC's own formatter would put it into a model state that
/// nobody looks at, with names of CLR types.
/// </summary>
internal sealed class ContractInputFormatter(JsonSerializerOptions options) : IInputFormatter, IApiRequestFormatMetadataProvider
{
    public bool CanRead(InputFormatterContext context) =>
        MediaTypeHeaderValue.TryParse(context.HttpContext.Request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the API's description names.</summary>
    public IReadOnlyList<string> GetSupportedContentTypes(string? contentType, Type objectType) => ["application/json"];

    public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        var http = context.HttpContext;
        try
        {
            // The stream and not the pipe: a body that is refused half-way leaves a pipe in the middle of a read, on which the
            // server then fails when it clears the connection for the next request.
            var body = await JsonSerializer.DeserializeAsync(
                http.Request.Body, options.GetTypeInfo(context.ModelType), http.RequestAborted);
            return await InputFormatterResult.SuccessAsync(
                body ?? throw new GatewayException(GatewayError.InvalidRequest, "The request body must be a JSON object, not null."));
        }
        catch (JsonException exception)
        {
            throw BodyFaults.Describe(exception);
        }
    }
}
