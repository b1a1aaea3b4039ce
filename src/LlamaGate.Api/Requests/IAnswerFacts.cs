using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Requests;

/// <summary>The facts of an answer for headers and log. Readable at any time, also before its first piece and after a failure.</summary>
internal interface IAnswerFacts
{
    CacheOutcome Cache { get; }

    TokenUsage? Usage { get; }

    /// <summary>The times reported by Ollama.</summary>
    GenerationTimings? Timings { get; }

    /// <summary>From the first upstream call to the first piece received; null when nothing was sent upstream.</summary>
    TimeSpan? TimeToFirstToken { get; }

    /// <summary>From the first upstream call to the end of the last; null when nothing was sent upstream.</summary>
    TimeSpan? UpstreamTime { get; }

    /// <summary>Parts of the request that had no effect.</summary>
    IReadOnlyList<RequestField> Ignored { get; }

    /// <summary>The context in tokens, if prompt and answer together exceeded it; null otherwise.</summary>
    int? ExceededContext { get; }
}
