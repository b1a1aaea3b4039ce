using System.Globalization;
using LlamaGate.Api.RequestIds;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Exchange;

/// <summary>The headers that tell an answer's facts.</summary>
internal sealed class ExchangeHeaders(HttpResponse response, ExchangeFacts facts, TimeProvider timeProvider)
{
    public const string CacheHeader = "X-LlamaGate-Cache";
    public const string IgnoredHeader = "X-LlamaGate-Ignored";
    public const string ProcessingHeader = "openai-processing-ms";

    /// <param name="state">The <see cref="ExchangeHeaders"/> to write, when the answer starts.</param>
    public static Task WriteAsync(object state)
    {
        ((ExchangeHeaders)state).Write();
        return Task.CompletedTask;
    }

    private void Write()
    {
        var elapsed = timeProvider.GetElapsedTime(facts.StartedAt);
        var headers = response.Headers;
        headers[RequestIdMiddleware.HeaderName] = facts.RequestId;
        headers[ProcessingHeader] = ((long)elapsed.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        // A stream tells it at its end, even one that has ended before its first byte goes out.
        if (facts.Stream is not true && ServerTiming.Of(facts, elapsed) is { } timing)
        {
            headers[ServerTiming.HeaderName] = timing;
        }

        if (response.StatusCode >= StatusCodes.Status400BadRequest)
        {
            // What was not answered came from nowhere, and nothing was ignored in it.
            return;
        }

        if (facts.Cache is { } cache)
        {
            headers[CacheHeader] = cache.ToWord();
        }

        if (facts.IgnoredFields.Count > 0)
        {
            headers[IgnoredHeader] = string.Join(", ", facts.IgnoredFields);
        }
    }
}
