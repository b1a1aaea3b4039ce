using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Requests;

/// <summary>What an answer says of itself to headers and log. Readable at any time: before its first piece and after a failure, too.</summary>
internal interface IAnswerFacts
{
    CacheOutcome Cache { get; }

    TokenUsage? Usage { get; }

    /// <summary>Ollama's own account of its time.</summary>
    GenerationTimings? Timings { get; }

    /// <summary>From the first call upstream to the first piece that came back; null when nothing went upstream.</summary>
    TimeSpan? TimeToFirstToken { get; }

    /// <summary>From the first call upstream to the end of the last; null when nothing went upstream.</summary>
    TimeSpan? UpstreamTime { get; }

    /// <summary>Parts of the request that turned out to have no effect.</summary>
    IReadOnlyList<RequestField> Ignored { get; }

    /// <summary>The context in tokens when prompt and answer together were longer; null otherwise.</summary>
    int? ExceededContext { get; }
}
