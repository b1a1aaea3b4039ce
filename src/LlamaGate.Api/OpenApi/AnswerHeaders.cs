using LlamaGate.Api.Errors;
using LlamaGate.Api.Json;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Api.Requests;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi;

/// <summary>The headers of answers, described once and referenced by name.</summary>
internal static class AnswerHeaders
{
    public const string Disposition = "Content-Disposition";

    private const string Buffering = "X-Accel-Buffering";

    public static IReadOnlyList<string> Everywhere { get; } =
        [RequestIdMiddleware.HeaderName, ExchangeHeaders.ProcessingHeader];

    public static IReadOnlyList<string> OfStreams { get; } = [Buffering];

    public static IReadOnlyList<string> WhereLimited { get; } =
        [RateLimitingMiddleware.LimitHeader, RateLimitingMiddleware.RemainingHeader, RateLimitingMiddleware.ResetHeader];

    /// <summary>On errors: all that a limited route may send before or after a call.</summary>
    public static IReadOnlyList<string> OfErrors { get; } =
        [.. Everywhere, .. WhereLimited, ExchangeHeaders.HostHeader, ExchangeHeaders.QueueHeader];

    /// <summary>Where calls count towards a quota.</summary>
    public static IReadOnlyList<string> WhereCounted { get; } =
    [
        QuotaHeaders.TokenLimit, QuotaHeaders.TokensRemaining, QuotaHeaders.TokensReset,
        QuotaHeaders.GpuSecondLimit, QuotaHeaders.GpuSecondsRemaining, QuotaHeaders.GpuSecondsReset,
    ];

    /// <summary>The same on Anthropic's routes, which have other names for tokens.</summary>
    public static IReadOnlyList<string> WhereAnthropicCounts { get; } =
    [
        QuotaHeaders.AnthropicTokenLimit, QuotaHeaders.AnthropicTokensRemaining, QuotaHeaders.AnthropicTokensReset,
        QuotaHeaders.GpuSecondLimit, QuotaHeaders.GpuSecondsRemaining, QuotaHeaders.GpuSecondsReset,
    ];

    /// <summary>Where a model may be called.</summary>
    public static IReadOnlyList<string> OfCalls { get; } = [.. CallFacts, .. WhereCounted];

    public static IReadOnlyList<string> OfAnthropicCalls { get; } = [.. CallFacts, .. WhereAnthropicCounts];

    private static IReadOnlyList<string> CallFacts =>
    [
        ExchangeHeaders.CacheHeader, ExchangeHeaders.IgnoredHeader, ExchangeHeaders.ContextHeader, ExchangeHeaders.HostHeader,
        ExchangeHeaders.QueueHeader, ServerTiming.HeaderName,
    ];

    private static readonly Dictionary<string, (JsonSchemaType Type, string Example, string Text)> Known = new(StringComparer.Ordinal)
    {
        [RequestIdMiddleware.HeaderName] = (JsonSchemaType.String, "9f1c2e7ab54d4c0c8a3f6f0e2b1d7c55",
            "The request's id: the caller's own if it matches `[A-Za-z0-9._-]{1,128}`, otherwise a new one."),
        [ExchangeHeaders.ProcessingHeader] = (JsonSchemaType.Integer, "842",
            "Milliseconds until the start of the answer."),
        [RateLimitingMiddleware.LimitHeader] = (JsonSchemaType.Integer, "10",
            "Requests that can be sent at once."),
        [RateLimitingMiddleware.RemainingHeader] = (JsonSchemaType.Integer, "9",
            "How many of them are left."),
        [RateLimitingMiddleware.ResetHeader] = (JsonSchemaType.String, "100ms",
            "Time until the full limit is available again: `120ms`, `1s`."),
        [QuotaHeaders.TokenLimit] = (JsonSchemaType.Integer, "100000",
            "The key's `tokens_per_day`; absent without such a quota."),
        [QuotaHeaders.TokensRemaining] = (JsonSchemaType.Integer, "83211",
            "How many of them are left today. The estimates of running calls count as used, including that of a stream itself."),
        [QuotaHeaders.TokensReset] = (JsonSchemaType.String, "7h12m30s",
            "Time until the quota is available again: midnight in UTC."),
        [QuotaHeaders.AnthropicTokenLimit] = (JsonSchemaType.Integer, "100000",
            "The key's `tokens_per_day`; absent without such a quota."),
        [QuotaHeaders.AnthropicTokensRemaining] = (JsonSchemaType.Integer, "83211",
            "How many of them are left today. The estimates of running calls count as used, including that of a stream itself."),
        [QuotaHeaders.AnthropicTokensReset] = (JsonSchemaType.String, "2026-12-01T00:00:00Z",
            "When the quota is available again: midnight in UTC."),
        [QuotaHeaders.GpuSecondLimit] = (JsonSchemaType.String, "3600",
            "The key's `gpu_seconds_per_day`; absent without such a quota."),
        [QuotaHeaders.GpuSecondsRemaining] = (JsonSchemaType.String, "2711.5",
            "How many of them are left today, as with tokens."),
        [QuotaHeaders.GpuSecondsReset] = (JsonSchemaType.String, "7h12m30s",
            "Time until the quota is available again: midnight in UTC."),
        [ExchangeHeaders.CacheHeader] = (JsonSchemaType.String, "miss",
            "`hit`, `miss` or `bypass`. With `Cache-Control: no-cache` the answer is new, "
            + "with `no-store` it is not cached."),
        [ExchangeHeaders.IgnoredHeader] = (JsonSchemaType.String, "logit_bias, user_field",
            "Fields of the request that had no effect; absent if every field had an effect."),
        [ExchangeHeaders.ContextHeader] = (JsonSchemaType.String, "shifted; context=4096; tokens=5120",
            "Begins with `shifted` if the conversation outgrew the model's context during the answer, so that Ollama dropped its oldest "
            + "turns (not on streams): the context and the conversation's length in tokens. Otherwise, with shared hosts, `context=8192`: the "
            + "model's context on the host of the call. Absent if neither applies."),
        [ExchangeHeaders.QueueHeader] = (JsonSchemaType.String, "position=3, waited=2.1s",
            "With shared hosts: the position in the queue at arrival, 0 without a wait, and the seconds until the call was sent. Absent on a "
            + "stream whose headers were sent before that; its comments report it instead."),
        [ExchangeHeaders.HostHeader] = (JsonSchemaType.String, "gpu1",
            "The host that answered, or the last one that failed; absent with a single host and for a cached answer."),
        [ExchangeHeaders.EstimateHeader] = (JsonSchemaType.String, "input_tokens",
            "The numbers in the answer that are estimates."),
        [ServerTiming.HeaderName] = (JsonSchemaType.String, "upstream;dur=812.4, load;dur=20.1, prompt;dur=91, eval;dur=700.8, gateway;dur=1.2",
            "Where the time was spent, in milliseconds, as Ollama reports it; absent without an upstream call. A stream has it as a comment at its "
            + "end if the request has the header `X-LlamaGate-Server-Timing`."),
        [AnthropicErrorDialect.RequestIdHeader] = (JsonSchemaType.String, "9f1c2e7ab54d4c0c8a3f6f0e2b1d7c55",
            "The same as `X-Request-ID`, for Anthropic's clients; only on answers in Anthropic's format."),
        [Buffering] = (JsonSchemaType.String, "no", "Only on streams: asks proxies not to buffer the answer."),
        [Disposition] = (JsonSchemaType.String, "attachment; filename=\"usage-2026-11-01-2026-11-30.csv\"",
            "Only with `format=csv`: the file's name."),
        [ErrorResponseWriter.ShouldRetryHeader] = (JsonSchemaType.String, "false",
            "`false` if the same request would fail again; otherwise absent."),
        ["Retry-After"] = (JsonSchemaType.Integer, "1", "Seconds after which to retry."),
        [ErrorResponseWriter.RetryAfterMsHeader] = (JsonSchemaType.Integer, "100", "The same in milliseconds, which OpenAI's clients prefer."),
        ["WWW-Authenticate"] = (JsonSchemaType.String, "Bearer", "How to authenticate."),
        ["Accept-Encoding"] = (JsonSchemaType.String, PackedBody.KnownCodings,
            "The supported encodings, sent if the body's is not supported."),
        ["Allow"] = (JsonSchemaType.String, "POST", "The methods that the route supports."),
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
