using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Abstractions;

/// <summary>An answer that knows how many tokens it took.</summary>
public interface IReportsUsage
{
    TokenUsage? TokenUsage { get; }
}
