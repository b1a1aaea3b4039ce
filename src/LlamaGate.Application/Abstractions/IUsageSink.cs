using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// Takes the record of each upstream call at its end, and of each answer from the cache. All registered sinks get every record.
/// Thread-safe; it never blocks, never throws and is bounded.
/// </summary>
public interface IUsageSink
{
    void Add(UsageRecord record);
}
