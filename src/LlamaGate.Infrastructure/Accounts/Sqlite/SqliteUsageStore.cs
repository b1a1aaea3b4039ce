using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>
/// The accounts in a file of DATA_DIR. Records are collected in memory and written by a thread of their own; a reader sees both as one.
/// </summary>
internal sealed class SqliteUsageStore : IUsageStore, IDisposable
{
    private readonly UsageFile _file;
    private readonly PendingRecords _pending;
    private readonly StoreWriter _writer;
    private readonly SemaphoreSlim _reading = new(1);

    public SqliteUsageStore(
        string directory, Func<Stream?> openNativeLibrary, StoreLimits limits, TimeProvider timeProvider, ILogger<StoreLog> logger)
    {
        _file = new UsageFile(directory, openNativeLibrary);
        _pending = new PendingRecords(limits.Capacity, limits.BatchSize, timeProvider);
        _writer = new StoreWriter(_file, _pending, limits, timeProvider, new StoreLog(logger));
        _writer.Start();
    }

    public UsageStoreState State => new(IsPersistent: true, _pending.Count, _pending.Lag, _pending.Lost, _writer.Fault);

    public void Add(UsageRecord record) => _pending.Add(record);

    public Task<IReadOnlyList<UsageRow>> ListAsync(UsageQuery query, CancellationToken cancellationToken) =>
        ReadAsync(view => view.List(query), cancellationToken);

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(CancellationToken cancellationToken) =>
        ReadAsync(static view => view.ListLastUses(), cancellationToken);

    public void Dispose()
    {
        _writer.Dispose();
        _pending.Dispose();
        _reading.Dispose();
    }

    /// <summary>One reader at a time, off the request's thread: SQLite blocks.</summary>
    private async Task<T> ReadAsync<T>(Func<UsageView, T> read, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () =>
                {
                    using var view = UsageView.Take(_file, _pending, _writer.CommitGate);
                    return read(view);
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw StoreFaults.ToReadFault(exception);
        }
        finally
        {
            _reading.Release();
        }
    }
}
