using System.Collections.Concurrent;
using System.Globalization;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Accounts;

/// <summary>
/// What the keys with quotas have used on the current UTC day. What a key has used before is read from the accounts when it is first needed,
/// so that a restart and a new quota forget nothing. Bounded by the keys in force.
/// </summary>
internal sealed partial class QuotaBook : IUsageSink, IQuotas, IQuotaUse, IDisposable
{
    /// <summary>A call waits no longer for the accounts: then it counts from zero until they are read.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, QuotaEntry> _entries = new(StringComparer.Ordinal);
    private readonly UsageEstimates _estimates;
    private readonly ICallerDirectory _callers;
    private readonly IUsageStore? _store;
    private readonly ISharedQuotas? _shared;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<QuotaBook> _logger;

    /// <param name="store">Null: what was used before this book is unknown.</param>
    /// <param name="shared">What several gateways count together; null: this one works alone.</param>
    public QuotaBook(
        UsageEstimates estimates, ICallerDirectory callers, IUsageStore? store, TimeProvider timeProvider, ILogger<QuotaBook> logger,
        ISharedQuotas? shared = null)
    {
        (_estimates, _callers, _store, _timeProvider, _logger, _shared) = (estimates, callers, store, timeProvider, logger, shared);
        callers.Changed += OnCallersChanged;
    }

    public QuotaUse? Find(Caller caller) => caller.Policy.HasQuota && _shared?.Find(caller.Id) is { } together ? together
        : caller.Policy.HasQuota && FindEntry(caller) is { Known.IsCompleted: true } entry
        ? entry.Ledger.Describe(_timeProvider.GetUtcNow())
        : null;

    /// <summary>Reserves what a call will probably use.</summary>
    /// <exception cref="GatewayException">A quota of the caller's key is used up.</exception>
    public async ValueTask<QuotaReservation> ReserveAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var caller = call.Context.Caller;
        var entry = FindEntry(caller);
        if (!entry.Known.IsCompleted)
        {
            await WaitAsync(entry.Known, cancellationToken);
        }

        var limits = new QuotaLimits(caller.Policy.TokensPerDay, caller.Policy.GpuSecondsPerDay);
        var (tokens, gpuSeconds) = _estimates.Of(call);
        var together = _shared is null ? null : await _shared.TryReserveAsync(caller.Id, limits, tokens, gpuSeconds, cancellationToken);
        if (together is not null)
        {
            return together.Spent is { } limit
                ? throw Refusal(caller, limit, limits, together.Use)
                : new QuotaReservation(() => _shared?.Release(together));
        }

        var now = _timeProvider.GetUtcNow();
        return entry.Ledger.TryReserve(now, limits, tokens, gpuSeconds) is { } spent
            ? throw Refusal(caller, spent, limits, entry.Ledger.Describe(now))
            : new QuotaReservation(() => entry.Ledger.Release(tokens, gpuSeconds));
    }

    public void Add(UsageRecord record)
    {
        if (_entries.TryGetValue(record.KeyId, out var entry))
        {
            entry.Ledger.Add(record);
            _estimates.Learn(record);
        }
    }

    /// <summary>A key that has not been used today is not in the book.</summary>
    public IReadOnlyList<UsedQuota> List() => [.. _callers.List().SelectMany(ListOf)];

    public void Dispose() => _callers.Changed -= OnCallersChanged;

    private IEnumerable<UsedQuota> ListOf(KeyEntry key)
    {
        if ((key.TokensPerDay ?? key.GpuSecondsPerDay) is null || !_entries.TryGetValue(key.Id, out var entry))
        {
            yield break;
        }

        var use = _shared?.Find(key.Id) ?? entry.Ledger.Describe(_timeProvider.GetUtcNow());
        if (key.TokensPerDay is { } tokens)
        {
            yield return new UsedQuota(key.Id, "tokens", Part(use.Tokens, tokens));
        }

        if (key.GpuSecondsPerDay is { } seconds)
        {
            yield return new UsedQuota(key.Id, "gpu_seconds", Part(use.GpuSeconds, seconds));
        }
    }

    /// <summary>A limit of nothing is used up.</summary>
    private static double Part(double used, double limit) => limit > 0 ? used / limit : 1;

    private static GatewayException Refusal(Caller caller, QuotaKind spent, QuotaLimits limits, QuotaUse use)
    {
        var limit = spent is QuotaKind.Tokens
            ? string.Create(CultureInfo.InvariantCulture, $"{limits.Tokens} tokens (tokens_per_day)")
            : string.Create(CultureInfo.InvariantCulture, $"{limits.GpuSeconds:0.###} GPU seconds (gpu_seconds_per_day)");
        return new GatewayException(
            GatewayError.InsufficientQuota,
            $"The key '{caller.Id}' has used up its quota of {limit} for today, or its running calls will. "
            + string.Create(CultureInfo.InvariantCulture, $"The quota resets at {use.ResetsAt:yyyy-MM-dd HH:mm} UTC."));
    }

    private async ValueTask WaitAsync(Task known, CancellationToken cancellationToken)
    {
        try
        {
            await known.WaitAsync(MaxWait, _timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            // No call fails because the accounts are slow.
        }
    }

    private QuotaEntry FindEntry(Caller caller) => _entries.TryGetValue(caller.Id, out var entry)
        ? entry
        : _entries.GetOrAdd(caller.Id, static (_, own) => own.Book.Open(own.Caller), (Book: this, Caller: caller));

    private QuotaEntry Open(Caller caller)
    {
        var ledger = new QuotaLedger();
        return new QuotaEntry(caller, ledger, _store is { } store ? Task.Run(() => ReadAsync(store, caller.Id, ledger)) : Task.CompletedTask);
    }

    private async Task ReadAsync(IUsageStore store, string keyId, QuotaLedger ledger)
    {
        try
        {
            var today = DateOnly.FromDateTime(_timeProvider.GetUtcNow().UtcDateTime);
            foreach (var row in await store.ListAsync(new UsageQuery(today, today, UsageGroup.Key) { KeyId = keyId }, CancellationToken.None))
            {
                ledger.Add(today, row.TokensIn + row.TokensOut, row.GpuTime.TotalSeconds);
            }
        }
        catch (Exception exception)
        {
            // No request fails because of the accounts.
            LogUnread(keyId, exception);
        }
    }

    private void OnCallersChanged(object? sender, EventArgs args)
    {
        foreach (var (id, entry) in _entries)
        {
            if (!_callers.IsInForce(entry.Caller))
            {
                _entries.TryRemove(id, out _);
            }
        }
    }

    [LoggerMessage(EventId = 1021, EventName = "QuotaUnread", Level = LogLevel.Warning,
        Message = "The accounts could not be read, so the quota of key {Key} counts only what is used from now on")]
    private partial void LogUnread(string key, Exception exception);
}
