namespace LlamaGate.Application.Abstractions;

/// <summary>The accounts: keeps usage records and sums them up. With DATA_DIR in a file, else in memory while the gateway runs.</summary>
public interface IUsageStore : IUsageSink, IUsageReader
{
    /// <summary>How the store is now. Cheap.</summary>
    UsageStoreState State { get; }
}
