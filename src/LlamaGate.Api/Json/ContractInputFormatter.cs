using System.Text;
using System.Text.Json;
using LlamaGate.Api.Paths;
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
    /// <summary>Everything, since there is no other formatter: to find none, and only then to refuse, takes MVC a filter on each request.</summary>
    public bool CanRead(InputFormatterContext context) => true;

    private static bool IsJson(string? contentType) =>
        // What nearly all send needs no parsing.
        contentType is "application/json"
        || (MediaTypeHeaderValue.TryParse(contentType, out var type) && IsJson(type));

    private static bool IsJson(MediaTypeHeaderValue type) =>
        (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the API's description names.</summary>
    public IReadOnlyList<string> GetSupportedContentTypes(string? contentType, Type objectType) => ["application/json"];

    public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        if (!IsJson(context.HttpContext.Request.ContentType))
        {
            throw new BadHttpRequestException("Not JSON.", StatusCodes.Status415UnsupportedMediaType);
        }

        using var json = await RequestBody.ReadAsync(context.HttpContext.Request);
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
