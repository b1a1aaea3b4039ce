using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Reads the accounts in a directory, for a command; a gateway may be writing to them.</summary>
internal sealed class UsageFileReader(string directory, Func<Stream?> openNativeLibrary) : IUsageReader
{
    private readonly UsageFile _file = new(directory, openNativeLibrary);

    public Task<IReadOnlyList<UsageRow>> ListAsync(UsageQuery query, CancellationToken cancellationToken) =>
        ReadAsync(view => view.List(query), cancellationToken);

    public Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(CancellationToken cancellationToken) =>
        ReadAsync(static view => view.ListLastUses(), cancellationToken);

    private async Task<T> ReadAsync<T>(Func<UsageView, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(
                () =>
                {
                    using var view = UsageView.Take(_file)
                        ?? throw new UsageStoreException($"There are no accounts yet: {_file.Path} does not exist or is empty");
                    return read(view);
                },
                cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or UsageStoreException))
        {
            throw new UsageStoreException($"{_file.Path} cannot be read: {StoreFaults.Describe(exception)}", exception);
        }
    }
}
