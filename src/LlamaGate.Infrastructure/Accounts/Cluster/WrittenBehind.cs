using LlamaGate.Infrastructure.Cluster;
using Orleans.Runtime;
using Orleans.Storage;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>
/// A grain's state, which is written to Redis shortly after a change, and again until that succeeds. While Redis is away the grain works on.
/// When Redis is back, the state is written again: Redis may have lost it.
/// </summary>
internal sealed class WrittenBehind<TState>(IPersistentState<TState> storage, RedisConnection redis)
    where TState : class, new()
{
    /// <summary>Within a second, with the time that the write takes.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    private long _version;
    private long _kept;
    private DateTimeOffset? _redisSince;

    /// <summary>When to write. Calls to the grain do not wait for a write.</summary>
    public static GrainTimerCreationOptions Timer { get; } = new(Period, Period) { Interleave = true };

    public TState State => storage.State;

    /// <summary>The state was changed.</summary>
    public void Touch() => _version++;

    /// <returns>False when another activation has written: this one is out of date.</returns>
    public async Task<bool> WriteAsync(Action<TState> onKept)
    {
        NoteReturn();
        if (_version == _kept)
        {
            return true;
        }

        var (state, version) = (storage.State, _version);
        try
        {
            await storage.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Redis lost the state, or another activation has written since.
            await storage.ReadStateAsync();
            if (storage.RecordExists)
            {
                return false;
            }

            storage.State = state;
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Redis is away, which is reported once. The next tick tries again.
            return true;
        }

        _kept = version;
        onKept(state);
        return true;
    }

    private void NoteReturn()
    {
        if (redis.State is not { IsUp: true, Since: var since } || since == _redisSince)
        {
            return;
        }

        if (_redisSince is not null && storage.RecordExists)
        {
            Touch();
        }

        _redisSince = since;
    }
}
