using LlamaGate.Domain.Accounts;

namespace LlamaGate.Application.Abstractions;

/// <summary>Reads the accounts: those of the running gateway, or those in a directory.</summary>
public interface IUsageReader
{
    /// <summary>Sums up usage, records that are not written yet included. Rows are in the order of their groups.</summary>
    /// <exception cref="UsageStoreException">The file cannot be read.</exception>
    Task<IReadOnlyList<UsageRow>> ListAsync(UsageQuery query, CancellationToken cancellationToken);

    /// <summary>When each key was last used, by its id.</summary>
    /// <exception cref="UsageStoreException">The file cannot be read.</exception>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(CancellationToken cancellationToken);
}
