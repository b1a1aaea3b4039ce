using System.Text;
using System.Text.Json;
using LlamaGate.Api.Paths;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Json;

/// <summary>
/// Reads JSON bodies and reports errors in OpenAI's terms: MVC's own formatter would put them into a model state that
/// nobody reads, with names of CLR types.
/// </summary>
internal sealed class ContractInputFormatter(JsonSerializerOptions options) : IInputFormatter, IApiRequestFormatMetadataProvider
{
    /// <summary>Accepts everything, since there is no other formatter: otherwise MVC would need a filter on each request to refuse it.</summary>
    public bool CanRead(InputFormatterContext context) => true;

    private static bool IsJson(string? contentType) =>
        // The most common value needs no parsing.
        contentType is "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type) && IsJson(type));

    private static bool IsJson(MediaTypeHeaderValue type) =>
        (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    /// <summary>The media types for the API's description.</summary>
    public IReadOnlyList<string> GetSupportedContentTypes(string? contentType, Type objectType) => ["application/json"];

    public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        if (!IsJson(context.HttpContext.Request.ContentType))
        {
            throw new BadHttpRequestException("Not JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var json = await RequestBody.ReadAsync(context.HttpContext.Request);
        LoneSurrogates.Replace(json.DangerousGetArray());
        try
        {
            var type = options.GetTypeInfo(context.ModelType);
            var body = JsonSerializer.Deserialize(WithoutMark(json.WrittenSpan), type)
                ?? throw new GatewayException(GatewayError.InvalidRequest, "The request body must be a JSON object, not null.");
            NamedDeployment.ApplyTo(body, context.HttpContext, type);
            return await InputFormatterResult.SuccessAsync(body);
        }
        catch (JsonException exception)
        {
            throw BodyFaults.Describe(exception);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
}
