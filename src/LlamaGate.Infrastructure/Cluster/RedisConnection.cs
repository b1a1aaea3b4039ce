using LlamaGate.Application.Abstractions;
using StackExchange.Redis;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// The one connection to Redis. It is made in the background, and again whenever it breaks. While Redis is away every operation fails at
/// once: nobody waits for it.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>How long Redis may take for an answer.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>What is written to see whether Redis takes it need not stay.</summary>
    private static readonly TimeSpan KeptWritten = TimeSpan.FromMinutes(1);

    private readonly RedisOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly ClusterLog _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _watching = Task.CompletedTask;
    private Task<ConnectionMultiplexer>? _connecting;
    private TaskCompletionSource _up = NewSignal();
    private volatile RedisState _state;
    private bool _isReported;

    public RedisConnection(RedisOptions options, TimeProvider timeProvider, ClusterLog log)
    {
        (_options, _timeProvider, _log) = (options, timeProvider, log);
        _state = new RedisState(options.DisplayAddress, IsUp: false, timeProvider.GetUtcNow());
    }

    public RedisState State => _state;

    /// <summary>Begins to connect.</summary>
    public void Start() => _watching = Task.Run(() => WatchAsync(_stop.Token));

    /// <summary>Ends when Redis answers.</summary>
    public Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _state.IsUp ? Task.CompletedTask : _up.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The connection, which may be broken at the moment.</summary>
    public async Task<IConnectionMultiplexer> GetAsync() => await ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connecting is { } connecting)
        {
            await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (connecting.IsCompletedSuccessfully)
            {
                await (await connecting).DisposeAsync();
            }
        }

        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, _timeProvider);
        do
        {
            Note(await FindFaultAsync(stopping));
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    /// <returns>What is wrong with Redis; null when nothing is.</returns>
    private async Task<string?> FindFaultAsync(CancellationToken stopping)
    {
        try
        {
            // Unlike a ping, it needs the database that REDIS_URL names, the right to write, and memory.
            await (await ConnectAsync()).GetDatabase().StringSetAsync($"{_options.ClusterName}/written", "", KeptWritten).WaitAsync(AnswerTime, stopping);
            return null;
        }
        catch (Exception exception) when (RedisFaults.IsOne(exception))
        {
            return RedisFaults.ReasonOf(exception, _options.Password is { Length: > 0 });
        }
    }

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_gate)
        {
            return _connecting is null || _connecting.IsFaulted ? _connecting = ConnectionMultiplexer.ConnectAsync(Configure(_options)) : _connecting;
        }
    }

    /// <summary>How to connect. Operations fail at once while there is no connection.</summary>
    public static ConfigurationOptions Configure(RedisOptions options) => new()
    {
        EndPoints = { { options.Host, options.Port } },
        User = options.User,
        Password = options.Password,
        Ssl = options.UsesTls,
        SslHost = options.UsesTls ? options.Host : null,
        DefaultDatabase = options.Database,
        ClientName = "llamagate",
        AbortOnConnectFail = false,
        BacklogPolicy = BacklogPolicy.FailFast,
        ConnectRetry = 1,
        ConnectTimeout = (int)AnswerTime.TotalMilliseconds,
        SyncTimeout = (int)AnswerTime.TotalMilliseconds,
        AsyncTimeout = (int)AnswerTime.TotalMilliseconds,
        ReconnectRetryPolicy = new LinearRetry((int)Period.TotalMilliseconds),
    };

    private void Note(string? fault)
    {
        var isUp = fault is null;
        lock (_gate)
        {
            if (_state.Fault == fault && _isReported)
            {
                return;
            }

            var since = _state.IsUp == isUp ? _state.Since : _timeProvider.GetUtcNow();
            _isReported = true;
            _state = _state with { IsUp = isUp, Since = since, Fault = fault };
            if (isUp)
            {
                _up.TrySetResult();
            }
            else if (_up.Task.IsCompleted)
            {
                _up = NewSignal();
            }
        }

        if (fault is null)
        {
            _log.RedisUp(_state.Address);
        }
        else
        {
            _log.RedisAway(_state.Address, fault);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
