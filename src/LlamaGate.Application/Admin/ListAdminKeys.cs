using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Domain.Callers;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>The keys and what they may do. There is nothing to validate.</summary>
public sealed record ListAdminKeysQuery : IRequest<AdminKeyList>;

internal sealed class ListAdminKeysHandler(ICallerDirectory callers, IUsageStore store) : IRequestHandler<ListAdminKeysQuery, AdminKeyList>
{
    private static readonly Dictionary<string, DateTimeOffset> Unknown = new(StringComparer.Ordinal);

    public async Task<AdminKeyList> Handle(ListAdminKeysQuery request, CancellationToken cancellationToken)
    {
        var used = await ListLastUsesAsync(cancellationToken);
        return new AdminKeyList
        {
            Data = [.. callers.List().Select(key => ToKey(key, used.TryGetValue(key.Id, out var at) ? at : null))],
        };
    }

    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> ListLastUsesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await store.ListLastUsesAsync(cancellationToken);
        }
        catch (UsageStoreException)
        {
            // The status says why. The keys do not depend on it.
            return Unknown;
        }
    }

    private static AdminKey ToKey(KeyEntry key, DateTimeOffset? lastUsed) => new()
    {
        Id = key.Id,
        Created = key.Created,
        LastUsed = lastUsed,
        Weight = key.Weight,
        Priority = key.Priority.ToWord(),
        ShareBy = AdminValues.ShareByOf(key),
        Models = key.Models.Patterns,
        MaxRunning = key.MaxRunning,
        MaxWaiting = key.MaxWaiting,
        RateLimitRps = key.RateLimitRps,
        TokensPerDay = key.TokensPerDay,
        GpuSecondsPerDay = key.GpuSecondsPerDay,
        Cache = key.Cache.ToWord(),
        Admin = key.IsAdmin,
        Expires = key.Expires,
        Disabled = key.IsDisabled,
    };
}
