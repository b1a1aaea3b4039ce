using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Caching;

/// <summary>An answer that several callers wait for, and the facts of the one upstream call it took.</summary>
internal sealed record SharedAnswer<TResponse>(TResponse Response, ExchangeFacts Facts);
