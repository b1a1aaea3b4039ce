using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure.Cluster;
using Orleans;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>
/// Sums and reservations of a key on a day. Sums are kept in Redis; until they are, gateways keep their batches and send them again to the
/// next activation. Reservations belong to living gateways and are not kept: each report brings them.
/// </summary>
internal sealed class KeyDayGrain(
    [PersistentState("usage", KeyDayGrain.Storage)] IPersistentState<KeyDayState> storage, RedisConnection redis, IClusterMembershipService membership)
    : Grain, IKeyDayGrain
{
    public const string Storage = "usage";

    /// <summary>More rows than that are made by a header that names users; they are not told apart then.</summary>
    private const int MaxTotals = 5000;

    private readonly WrittenBehind<KeyDayState> _sums = new(storage, redis);
    private readonly Dictionary<SiloAddress, (long Stamp, double Tokens, double GpuSeconds)> _reserved = [];
    private readonly Dictionary<(string User, string Model, string Host), int> _rows = [];
    private Dictionary<string, long> _kept = [];
    private bool _isIntroduced;
    private long _tokens;
    private double _gpuSeconds;

    public static string NameOf(DateOnly day, string keyId) => $"{DayText.Of(day)}/{keyId}";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Index();
        _kept = new Dictionary<string, long>(_sums.State.Counted, StringComparer.Ordinal);
        this.RegisterGrainTimer(WriteAsync, WrittenBehind<KeyDayState>.Timer);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => WriteAsync(cancellationToken);

    public async Task<KeyDayAnswer> ReportAsync(KeyDayReport report)
    {
        Count(report);
        Reserve(report);
        await IntroduceAsync();
        return Answer(report.Replica, spent: null);
    }

    public Task<KeyDayAnswer> ReserveAsync(KeyDayReport report, QuotaWish wish)
    {
        Count(report);
        var others = ReservedByOthers(report.Replica);
        // The wish is part of the report, and is not held against itself.
        var tokens = _tokens + others.Tokens + report.ReservedTokens - wish.Tokens;
        var gpuSeconds = _gpuSeconds + others.GpuSeconds + report.ReservedGpuSeconds - wish.GpuSeconds;
        QuotaKind? spent = tokens >= wish.TokensLimit ? QuotaKind.Tokens : gpuSeconds >= wish.GpuSecondsLimit ? QuotaKind.GpuSeconds : null;
        if (spent is null)
        {
            Reserve(report);
        }

        return Task.FromResult(Answer(report.Replica, spent));
    }

    public Task<DayTotal[]> ListAsync() => Task.FromResult(_sums.State.Totals.ToArray());

    private void Count(KeyDayReport report)
    {
        var (state, replica) = (_sums.State, report.Replica.ToString());
        foreach (var batch in report.Batches.Where(batch => batch.Number > state.Counted.GetValueOrDefault(replica)))
        {
            foreach (var total in batch.Totals)
            {
                Add(total);
            }

            state.Counted[replica] = batch.Number;
            state.LastUse = batch.LastUse > state.LastUse ? batch.LastUse : state.LastUse;
            _sums.Touch();
        }
    }

    private void Add(DayTotal added)
    {
        var totals = _sums.State.Totals;
        var key = (added.User, added.Model, added.Host);
        if (!_rows.ContainsKey(key) && totals.Count >= MaxTotals)
        {
            key = ("", added.Model, "");
        }

        if (_rows.TryGetValue(key, out var at))
        {
            totals[at] = totals[at].Plus(added);
        }
        else
        {
            _rows[key] = totals.Count;
            totals.Add(new DayTotal { User = key.User, Model = key.Model, Host = key.Host }.Plus(added));
        }

        _tokens += added.TokensIn + added.TokensOut;
        _gpuSeconds += TimeSpan.FromTicks(added.GpuTicks).TotalSeconds;
    }

    private void Reserve(KeyDayReport report)
    {
        if (!_reserved.TryGetValue(report.Replica, out var before) || report.Stamp > before.Stamp)
        {
            _reserved[report.Replica] = (report.Stamp, report.ReservedTokens, report.ReservedGpuSeconds);
        }
    }

    /// <summary>Calls of a gateway that is gone are gone too.</summary>
    private (double Tokens, double GpuSeconds) ReservedByOthers(SiloAddress replica)
    {
        foreach (var gone in _reserved.Keys.Where(one => membership.CurrentSnapshot.GetSiloStatus(one) is SiloStatus.Dead or SiloStatus.None).ToList())
        {
            _reserved.Remove(gone);
        }

        var others = _reserved.Where(one => !one.Key.Equals(replica)).Select(one => one.Value).ToList();
        return (others.Sum(one => one.Tokens), others.Sum(one => one.GpuSeconds));
    }

    private KeyDayAnswer Answer(SiloAddress replica, QuotaKind? spent)
    {
        var others = ReservedByOthers(replica);
        return new KeyDayAnswer
        {
            Counted = _sums.State.Counted.GetValueOrDefault(replica.ToString()),
            Kept = _kept.GetValueOrDefault(replica.ToString()),
            Tokens = _tokens,
            GpuSeconds = _gpuSeconds,
            ReservedTokens = others.Tokens,
            ReservedGpuSeconds = others.GpuSeconds,
            Spent = spent switch { QuotaKind.Tokens => 1, QuotaKind.GpuSeconds => 2, _ => 0 },
        };
    }

    private void Index()
    {
        foreach (var total in _sums.State.Totals)
        {
            _rows[(total.User, total.Model, total.Host)] = _rows.Count;
            _tokens += total.TokensIn + total.TokensOut;
            _gpuSeconds += TimeSpan.FromTicks(total.GpuTicks).TotalSeconds;
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var counted = new Dictionary<string, long>(_sums.State.Counted, StringComparer.Ordinal);
        var hasChanged = false;
        if (!await _sums.WriteAsync(_ => hasChanged = true))
        {
            DeactivateOnIdle();
            return;
        }

        if (hasChanged)
        {
            _kept = counted;
            await NoteUseAsync();
        }
    }

    /// <summary>The day knows the key before anybody reads its sums.</summary>
    private async ValueTask IntroduceAsync()
    {
        if (!_isIntroduced && _sums.State.Totals.Count > 0)
        {
            _isIntroduced = true;
            await NoteUseAsync();
        }
    }

    private Task NoteUseAsync()
    {
        var name = this.GetPrimaryKeyString();
        return GrainFactory.GetGrain<IUsageDayGrain>(name[..DayText.Length]).NoteAsync(name[(DayText.Length + 1)..], _sums.State.LastUse);
    }
}
