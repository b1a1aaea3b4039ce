using LlamaGate.Api.Json;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Api.Requests;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi;

/// <summary>The headers of answers, described once and referenced by name.</summary>
internal static class AnswerHeaders
{
    public static IReadOnlyList<string> Everywhere { get; } =
        [RequestIdMiddleware.HeaderName, ExchangeHeaders.ProcessingHeader];

    public static IReadOnlyList<string> WhereLimited { get; } =
        [RateLimitingMiddleware.LimitHeader, RateLimitingMiddleware.RemainingHeader, RateLimitingMiddleware.ResetHeader];

    private static readonly Dictionary<string, (JsonSchemaType Type, string Example, string Text)> Known = new(StringComparer.Ordinal)
    {
        [RequestIdMiddleware.HeaderName] = (JsonSchemaType.String, "9f1c2e7ab54d4c0c8a3f6f0e2b1d7c55",
            "The request's id: the caller's own when it matches `[A-Za-z0-9._-]{1,128}`, else a new one."),
        [ExchangeHeaders.ProcessingHeader] = (JsonSchemaType.Integer, "842",
            "Milliseconds until the answer began."),
        [RateLimitingMiddleware.LimitHeader] = (JsonSchemaType.Integer, "10",
            "Requests that may come at once."),
        [RateLimitingMiddleware.RemainingHeader] = (JsonSchemaType.Integer, "9",
            "How many of them are left now."),
        [RateLimitingMiddleware.ResetHeader] = (JsonSchemaType.String, "100ms",
            "Time until the full limit is available again: `120ms`, `1s`."),
        [ExchangeHeaders.CacheHeader] = (JsonSchemaType.String, "miss",
            "`hit`, `miss` or `bypass`. A request with `Cache-Control: no-cache` is answered "
            + "anew, with `no-store` it is not kept."),
        [ExchangeHeaders.IgnoredHeader] = (JsonSchemaType.String, "logit_bias, user_field",
            "Fields of the request that had no effect; absent when every field had an effect."),
        [ExchangeHeaders.ContextHeader] = (JsonSchemaType.String, "shifted; context=4096; tokens=5120",
            "The conversation outgrew the model's context while it was answered, so that Ollama dropped its oldest turns: the context and "
            + "the conversation's length in tokens. Absent when it fits; not on streams."),
        [ExchangeHeaders.HostHeader] = (JsonSchemaType.String, "gpu1",
            "The host that answered, or failed last; absent with a single host and for a cached answer."),
        [ExchangeHeaders.EstimateHeader] = (JsonSchemaType.String, "input_tokens",
            "Which numbers of the answer are estimates."),
        [ServerTiming.HeaderName] = (JsonSchemaType.String, "upstream;dur=812.4, load;dur=20.1, prompt;dur=91, eval;dur=700.8, gateway;dur=1.2",
            "Where the time went, in milliseconds, as Ollama reports it; absent when nothing went upstream. A stream has it as a comment at its "
            + "end if the request has the header `X-LlamaGate-Server-Timing`."),
        ["Retry-After"] = (JsonSchemaType.Integer, "1", "Seconds after which to try again."),
        ["retry-after-ms"] = (JsonSchemaType.Integer, "100", "The same in milliseconds, which OpenAI's clients prefer."),
        ["WWW-Authenticate"] = (JsonSchemaType.String, "Bearer", "How to authenticate."),
        ["Accept-Encoding"] = (JsonSchemaType.String, PackedBody.KnownCodings,
            "The supported codings, sent when the body's is not supported."),
        ["Allow"] = (JsonSchemaType.String, "POST", "The methods that the route takes."),
    };

    public static void Add(OpenApiResponse answer, IEnumerable<string> names, OpenApiDocument document)
    {
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            document.Components ??= new OpenApiComponents();
            document.Components.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
            document.Components.Headers[name] = Describe(name);
            answer.Headers[name] = new OpenApiHeaderReference(name, document);
        }
    }

    private static OpenApiHeader Describe(string name)
    {
        var (type, example, text) = Known[name];
        return new OpenApiHeader
        {
            Description = text,
            Schema = new OpenApiSchema { Type = type },
            Example = type == JsonSchemaType.Integer ? int.Parse(example, System.Globalization.CultureInfo.InvariantCulture) : example,
        };
    }
}
