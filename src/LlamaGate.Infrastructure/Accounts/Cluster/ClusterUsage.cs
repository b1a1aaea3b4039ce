using System.Collections.Concurrent;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure.Cluster;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>
/// Reports what this gateway's calls used to the grains of their keys, several times a second, and asks them before a call of a key with a
/// quota begins. No call waits long for it, and none fails because of it.
/// </summary>
internal sealed class ClusterUsage(IClusterGrains cluster, TimeProvider timeProvider) : ISharedQuotas, IHostedService, IDisposable
{
    /// <summary>Between the reports of keys with a quota.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    /// <summary>Of how many periods one is for all keys. The sums of a key without a quota are only shown.</summary>
    private const int PeriodsForAll = 5;

    /// <summary>A call to a grain that moves from one silo to another can take seconds; a request does not wait for it.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(DateOnly Day, string KeyId), KeyDayAccount> _accounts = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Add(UsageRecord record) => AccountOf(record.Day, record.KeyId).Add(record);

    public async ValueTask<SharedReservation?> TryReserveAsync(
        string keyId, QuotaLimits limits, double tokens, double gpuSeconds, CancellationToken cancellationToken)
    {
        if (cluster.Current is not { } grains)
        {
            return null;
        }

        var account = AccountOf(Today, keyId);
        account.Reserve(tokens, gpuSeconds);
        try
        {
            var wish = new QuotaWish { TokensLimit = limits.Tokens, GpuSecondsLimit = limits.GpuSeconds, Tokens = tokens, GpuSeconds = gpuSeconds };
            var report = account.TakeReport(grains.Address);
            var answer = await GrainOf(grains, account).ReserveAsync(report, wish).WaitAsync(MaxWait, timeProvider, cancellationToken);
            account.Note(report, answer);
            QuotaKind? spent = answer.Spent switch { 1 => QuotaKind.Tokens, 2 => QuotaKind.GpuSeconds, _ => null };
            if (spent is not null)
            {
                account.Release(tokens, gpuSeconds);
            }

            return account.Describe() is { } use ? new SharedReservation(keyId, account.Day, tokens, gpuSeconds, spent, use) : null;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            account.Release(tokens, gpuSeconds);
            return null;
        }
        catch (OperationCanceledException)
        {
            account.Release(tokens, gpuSeconds);
            throw;
        }
    }

    public void Release(SharedReservation reservation)
    {
        if (_accounts.TryGetValue((reservation.Day, reservation.KeyId), out var account))
        {
            account.Release(reservation.Tokens, reservation.GpuSeconds);
            if (cluster.Current is { } grains)
            {
                // At once and not with the next tick: until then the reservation, mostly more than was used, is held against the key elsewhere.
                _ = ReportAsync(grains, account);
            }
        }
    }

    public QuotaUse? Find(string keyId) => _accounts.TryGetValue((Today, keyId), out var account) ? account.Describe() : null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>The last report. Services stop in the reverse order, so this gateway is still a member.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cluster.Current is { } grains)
        {
            await FlushAsync(grains);
        }
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Reports everything that is not reported yet.</summary>
    public Task FlushAsync(SiloGrains grains) =>
        Task.WhenAll(_accounts.Values.Where(account => account.HasNews).Select(account => ReportAsync(grains, account)));

    private DateOnly Today => DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);

    private KeyDayAccount AccountOf(DateOnly day, string keyId) =>
        _accounts.GetOrAdd((day, keyId), static one => new KeyDayAccount(one.KeyId, one.Day));

    private static IKeyDayGrain GrainOf(SiloGrains grains, KeyDayAccount account) =>
        grains.Factory.GetGrain<IKeyDayGrain>(KeyDayGrain.NameOf(account.Day, account.KeyId));

    private async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, timeProvider);
        for (var number = 0; await timer.WaitForNextTickAsync(stopping); number++)
        {
            if (cluster.Current is { } grains)
            {
                var isForAll = number % PeriodsForAll == 0;
                var due = _accounts.Values.Where(account => (isForAll || account.IsLimited) && !account.IsKept);
                await Task.WhenAll(due.Select(account => ReportAsync(grains, account)));
                Forget();
            }
        }
    }

    private async Task ReportAsync(SiloGrains grains, KeyDayAccount account)
    {
        try
        {
            var report = account.TakeReport(grains.Address);
            account.Note(report, await GrainOf(grains, account).ReportAsync(report).WaitAsync(MaxWait, timeProvider));
        }
        catch (Exception)
        {
            // Reported again with the next tick; what was counted twice is recognized by its number.
        }
    }

    /// <summary>Days that are over and kept. Calls that began yesterday may still end.</summary>
    private void Forget()
    {
        var before = Today.AddDays(-1);
        foreach (var (key, account) in _accounts)
        {
            if (key.Day < before && account.IsKept)
            {
                _accounts.TryRemove(key, out _);
            }
        }
    }
}
