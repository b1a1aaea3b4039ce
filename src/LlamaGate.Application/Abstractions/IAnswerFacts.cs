using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Abstractions;

/// <summary>What an answer knows of itself for the request log and the headers, also when it comes from the cache.</summary>
public interface IAnswerFacts
{
    TokenUsage? TokenUsage { get; }

    /// <summary>Fields of the request that had no effect on it.</summary>
    IReadOnlyList<string> IgnoredFields { get; }
}
