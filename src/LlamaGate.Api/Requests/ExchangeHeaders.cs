using System.Globalization;
using LlamaGate.Api.Errors;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Requests;

/// <summary>The headers with an answer's facts.</summary>
internal sealed class ExchangeHeaders(HttpResponse response, Exchange exchange, IQuotas quotas, TimeProvider timeProvider)
{
    public const string CacheHeader = "X-LlamaGate-Cache";
    public const string IgnoredHeader = "X-LlamaGate-Ignored";

    /// <summary>The runner's context, and whether the conversation outgrew it: see <see cref="ContextShift"/>.</summary>
    public const string ContextHeader = "X-LlamaGate-Context";

    /// <summary>Says which numbers of an answer are no counts.</summary>
    public const string EstimateHeader = "X-LlamaGate-Estimate";

    /// <summary>The host that answered, or failed last; absent with a single host.</summary>
    public const string HostHeader = "X-LlamaGate-Host";

    /// <summary>How the call fared in the queue; absent with a single host.</summary>
    public const string QueueHeader = "X-LlamaGate-Queue";

    public const string ProcessingHeader = "openai-processing-ms";

    /// <param name="state">The <see cref="ExchangeHeaders"/> to write, when the answer starts.</param>
    public static Task WriteAsync(object state)
    {
        ((ExchangeHeaders)state).Write();
        return Task.CompletedTask;
    }

    private void Write()
    {
        var elapsed = timeProvider.GetElapsedTime(exchange.StartedAt);
        var headers = response.Headers;
        headers[RequestIdMiddleware.HeaderName] = exchange.RequestId;
        if (response.HttpContext.ErrorDialect() is AnthropicErrorDialect)
        {
            headers[AnthropicErrorDialect.RequestIdHeader] = exchange.RequestId;
        }

        headers[ProcessingHeader] = ((long)elapsed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        // A stream sends it at its end, even one that has ended before its first byte is sent.
        if (exchange.IsStream is not true && ServerTiming.Of(response.HttpContext, exchange, elapsed) is { } timing)
        {
            headers[ServerTiming.HeaderName] = timing;
        }

        if (exchange.Route is { } route)
        {
            headers[HostHeader] = route.Host;
            headers[QueueHeader] = string.Create(
                CultureInfo.InvariantCulture, $"position={route.Position}, waited={route.Waited.TotalSeconds:0.#}s");
        }

        if (exchange.Model is not null && response.HttpContext.Features.Get<Caller>() is { } caller && quotas.Find(caller) is { } use)
        {
            QuotaHeaders.Write(response.HttpContext, caller.Policy, use, timeProvider.GetUtcNow());
        }

        // An error has no cache outcome and no ignored fields.
        if (response.StatusCode < StatusCodes.Status400BadRequest)
        {
            WriteFacts(headers);
        }
    }

    private void WriteFacts(IHeaderDictionary headers)
    {
        if (exchange.Answer is { } answer)
        {
            headers[CacheHeader] = answer.Cache.ToWord();
        }

        if (FindContext() is { } context)
        {
            headers[ContextHeader] = context;
        }

        var ignored = IgnoredFields();
        if (ignored.Count > 0)
        {
            headers[IgnoredHeader] = string.Join(", ", ignored);
        }
    }

    /// <summary>Of a stream, only the runner's context is known now. That it was outgrown is known at the end, for the log.</summary>
    private string? FindContext() =>
        (exchange.IsStream is true ? null : ContextShift.Of(exchange.Answer))
        ?? (exchange.Route?.ContextLength is { } context ? string.Create(CultureInfo.InvariantCulture, $"context={context}") : null);

    /// <summary>The fields from the body first, then those found while answering.</summary>
    private IReadOnlyList<string> IgnoredFields()
    {
        var fields = exchange.FindIgnoredFields();
        if (exchange.Answer is not { Ignored: { Count: > 0 } parts })
        {
            return fields;
        }

        var dialect = response.HttpContext.GetEndpoint()?.Metadata.GetMetadata<SpeaksAttribute>();
        return [.. fields.Concat(parts.Select(part => dialect?.Spell(part)).OfType<string>()).Distinct(StringComparer.Ordinal)];
    }
}
