using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts.Contracts;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Accounts;

/// <summary>Reads queries for usage and answers them from the accounts.</summary>
internal sealed class UsageReports(IUsageStore store, TimeProvider timeProvider)
{
    /// <param name="keyId">Only this key's usage; null = all.</param>
    /// <exception cref="GatewayException">A part of the query is wrong, or the accounts cannot be read.</exception>
    public async Task<UsageReport> ReadAsync(string? from, string? to, string? by, string? keyId, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);
        var query = UsageQueryText.Parse(from, to, by, today, out var fault)
            ?? throw new GatewayException(GatewayError.InvalidRequest, $"{fault?.Field} {fault?.Message}.") { Path = fault?.Field };
        try
        {
            return new UsageReport(query, await store.ListAsync(query with { KeyId = keyId }, cancellationToken));
        }
        catch (UsageStoreException exception)
        {
            throw new GatewayException(
                GatewayError.AccountsUnavailable, "The accounts cannot be read. The operator finds the reason in the gateway's log.", exception)
            {
                LogDetail = exception.Message,
            };
        }
    }
}
