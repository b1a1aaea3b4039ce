using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.MembershipService;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// Makes this gateway a member of the cluster. The start does not wait for it: Redis may come later, and every failed attempt is followed by
/// another. It leaves after the last request has ended, because services stop in the reverse order and the web server begins.
/// </summary>
internal sealed class ClusterMember(
    ClusterOptions options,
    RedisConnection redis,
    ClusterView view,
    MembershipBackup backup,
    IEnumerable<ISiloParts> parts,
    IHostApplicationLifetime lifetime,
    ILoggerFactory logging,
    ClusterLog log,
    TimeProvider timeProvider) : IHostedService, IClusterGrains, IFatalErrorHandler, IAsyncDisposable
{
    /// <summary>How long leaving may take; grains move to other members meanwhile.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<SiloGrains> _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private IHost? _silo;
    private string? _reported;
    private int _isExpelled;
    private int _isStopped;

    public SiloGrains? Current { get; private set; }

    public Task<SiloGrains> WaitAsync(CancellationToken cancellationToken) => _joined.Task.WaitAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        redis.Start();
        _running = Task.Run(() => RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Interlocked.Exchange(ref _silo, null) is { } silo)
        {
            await LeaveAsync(silo);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
    }

    public bool IsUnexpected(Exception exception) => exception is not OperationCanceledException;

    /// <summary>The others have declared this silo dead, or its membership failed. Orleans would end the process at once.</summary>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // Before it has joined nobody depends on it: the attempt fails, and the next one follows.
        if (Current is not null && !lifetime.ApplicationStopping.IsCancellationRequested && Interlocked.Exchange(ref _isExpelled, 1) == 0)
        {
            log.Expelled(context ?? "", exception);
            view.Expel();
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!await TryJoinAsync(stopping))
        {
            await Task.Delay(RetryDelay, timeProvider, stopping);
        }

        if (Current is { } grains)
        {
            await Task.WhenAll(view.FollowAsync(grains, stopping), backup.KeepAsync(grains.Address, stopping));
        }
    }

    private async Task<bool> TryJoinAsync(CancellationToken stopping)
    {
        await redis.WaitUntilUpAsync(stopping);
        IHost? silo = null;
        try
        {
            silo = SiloBuilding.Build(options, redis, new SiloLogs(logging), this, parts);
            await silo.StartAsync(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            Report(exception);
            await AbandonAsync(silo);
            return false;
        }
        catch (OperationCanceledException)
        {
            await AbandonAsync(silo);
            throw;
        }

        var own = silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        var grains = new SiloGrains(
            silo.Services.GetRequiredService<IGrainFactory>(), own, silo.Services.GetRequiredService<IClusterMembershipService>());
        (_silo, Current) = (silo, grains);
        view.Join(grains, silo.Services.GetRequiredService<IMembershipTable>());
        log.Joined(own.Endpoint);
        _joined.TrySetResult(grains);
        return true;
    }

    /// <summary>Once for each reason, not for each attempt.</summary>
    private void Report(Exception exception)
    {
        var reason = exception.GetBaseException() switch
        {
            OrleansClusterConnectivityCheckFailedException when options.Tls is not null =>
                "the other gateways do not answer, or they and this one refuse each other's CLUSTER_CERTIFICATE",
            OrleansClusterConnectivityCheckFailedException => "the other gateways do not answer at their CLUSTER_ADDRESS",
            var cause => cause.Message,
        };
        if (reason != _reported)
        {
            _reported = reason;
            log.NotJoined(options.Address, reason, exception);
        }

        view.Fail(reason);
    }

    /// <summary>
    /// Ends what an attempt has begun. Otherwise the silo would go on, and keep the port that the next attempt needs. Its host does not stop a
    /// silo that has never run, but the silo's life cycle does.
    /// </summary>
    private async Task AbandonAsync(IHost? silo)
    {
        if (silo is null)
        {
            return;
        }

        try
        {
            await silo.Services.GetRequiredService<ISiloLifecycleSubject>().OnStop(CancellationToken.None).WaitAsync(LeaveTime, timeProvider);
            await EndAsync(silo).WaitAsync(LeaveTime, timeProvider);
        }
        catch (Exception)
        {
            // What waits for Redis ends when that answers again.
        }
    }

    private async Task LeaveAsync(IHost silo)
    {
        try
        {
            using var limit = new CancellationTokenSource(LeaveTime, timeProvider);
            await silo.StopAsync(limit.Token);
            log.Left();
        }
        catch (Exception exception)
        {
            // Leaving may fail; the process ends all the same.
            log.NotLeft(exception);
        }

        Current = null;
        view.Leave();
        await EndAsync(silo);
    }

    private static async Task EndAsync(IHost silo)
    {
        if (silo is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
