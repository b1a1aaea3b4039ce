using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// What one exchange was about, gathered on its way through the layers for the request log and the response headers.
/// Facts only: it never holds a prompt, an answer or a key. Scoped to the request, used by one thread at a time.
/// </summary>
public sealed class ExchangeFacts
{
    /// <summary>The X-Request-ID, which also goes upstream.</summary>
    public string? RequestId { get; set; }

    /// <summary>When the request came in: a <see cref="TimeProvider"/> timestamp.</summary>
    public long StartedAt { get; set; }

    /// <summary>The model as the caller named it.</summary>
    public string? Model { get; set; }

    /// <summary>Whether the caller asked for a stream; null when the endpoint has none.</summary>
    public bool? Stream { get; set; }

    public CacheOutcome? Cache { get; set; }

    /// <summary>What the caller's Cache-Control allows.</summary>
    public CacheDirectives CacheDirectives { get; set; }

    public TokenUsage? Usage { get; set; }

    /// <summary>When the first call went upstream: a <see cref="TimeProvider"/> timestamp; null when none did.</summary>
    public long? UpstreamStartedAt { get; set; }

    /// <summary>From the gateway's call upstream to the first update that came back; null when nothing went upstream.</summary>
    public TimeSpan? TimeToFirstToken { get; set; }

    /// <summary>From the gateway's call upstream to the end of the answer; null when nothing went upstream.</summary>
    public TimeSpan? UpstreamTime { get; set; }

    /// <summary>The error code of an exchange that failed, also of a stream that failed after its status was sent.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The field at fault of a request that was refused, as the error names it.</summary>
    public string? ErrorParam { get; set; }

    /// <summary>Fields that were sent and had no effect; told in <c>X-LlamaGate-Ignored</c>.</summary>
    public IReadOnlyList<string> IgnoredFields { get; set; } = [];

    /// <summary>Ollama's own account of its time.</summary>
    public GenerationTimings? Timings { get; set; }

    /// <summary>Adds a field that turns out to have no effect.</summary>
    public void Ignore(string field)
    {
        if (!IgnoredFields.Contains(field, StringComparer.Ordinal))
        {
            IgnoredFields = [.. IgnoredFields, field];
        }
    }

    /// <summary>Takes over what a command says of itself.</summary>
    internal void Describe(object request)
    {
        if (request is IDescribedRequest described)
        {
            Model = described.Model;
            Stream = described.IsStream;
            IgnoredFields = described.IgnoredFields;
        }
    }

    /// <summary>Takes over what an answer says of itself.</summary>
    internal void TakeFrom(object? answer)
    {
        if (answer is IAnswerFacts told)
        {
            Usage = told.TokenUsage ?? Usage;
            foreach (var field in told.IgnoredFields)
            {
                Ignore(field);
            }
        }
    }

    /// <summary>Takes over what an upstream call took that was shared with others.</summary>
    internal void TakeFrom(ExchangeFacts call)
    {
        TimeToFirstToken = call.TimeToFirstToken;
        UpstreamTime = call.UpstreamTime;
        Timings = call.Timings;
    }
}
