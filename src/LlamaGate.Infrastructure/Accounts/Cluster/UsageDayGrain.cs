using LlamaGate.Infrastructure.Cluster;
using Orleans;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>Names the keys of a day, so that their sums can be found.</summary>
internal sealed class UsageDayGrain(
    [PersistentState("day", KeyDayGrain.Storage)] IPersistentState<UsageDayState> storage, RedisConnection redis) : Grain, IUsageDayGrain
{
    private readonly WrittenBehind<UsageDayState> _uses = new(storage, redis);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(WriteAsync, WrittenBehind<UsageDayState>.Timer);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => WriteAsync(cancellationToken);

    public Task NoteAsync(string keyId, DateTimeOffset lastUse)
    {
        _uses.State.LastUses[keyId] = lastUse;
        _uses.Touch();
        return Task.CompletedTask;
    }

    public Task<Dictionary<string, DateTimeOffset>> ListAsync() =>
        Task.FromResult(new Dictionary<string, DateTimeOffset>(_uses.State.LastUses, StringComparer.Ordinal));

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (!await _uses.WriteAsync(static _ => { }))
        {
            DeactivateOnIdle();
        }
    }
}
