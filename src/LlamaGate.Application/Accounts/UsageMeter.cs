using System.Collections.Concurrent;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Generation;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Accounts;

/// <summary>Measures calls and answers from the cache, and gives their records to all sinks.</summary>
internal sealed class UsageMeter(IEnumerable<IUsageSink> sinks, UsageEstimates estimates, TimeProvider timeProvider)
{
    private readonly IUsageSink[] _sinks = [.. sinks];

    /// <summary>By the names of hosts: no more than the configuration names.</summary>
    private readonly ConcurrentDictionary<string, DeviceClock> _clocks = new(StringComparer.Ordinal);

    public TimeProvider TimeProvider => timeProvider;

    public UsageEstimates Estimates => estimates;

    public DeviceClock ClockOf(string host) =>
        _clocks.GetOrAdd(host, static (_, timeProvider) => new DeviceClock(timeProvider), timeProvider);

    /// <summary>An answer came from the cache, or from an equal request in flight.</summary>
    /// <param name="usage">Of the answer; null when it is not known, because the answer failed or its reader left.</param>
    public void AddHit(RequestContext context, string model, UsageOperation operation, TokenUsage? usage)
    {
        if (usage is not null)
        {
            Add(NewRecord(context, model) with
            {
                Kind = UsageKind.CacheHit,
                Operation = operation,
                TokensSaved = usage.TotalTokens,
            });
        }
    }

    public UsageRecord NewRecord(RequestContext context, string? model)
    {
        var now = timeProvider.GetUtcNow();
        return new UsageRecord(RecordId.New(now), now, context.Caller.Id, ModelSpellings.Key(model ?? ""))
        {
            // The principal is made only where there may be a user.
            User = context.Caller.Policy.ShareBy is ShareBy.User ? context.Principal.User : null,
        };
    }

    public void Add(UsageRecord record)
    {
        foreach (var sink in _sinks)
        {
            sink.Add(record);
        }
    }
}
