using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// Orleans' part of the gateway's log: its warnings and errors, without what is false or reported by <see cref="ClusterLog"/>. A
/// warning names the reason and leaves out the stack trace.
/// </summary>
internal sealed class SiloLogs(ILoggerFactory inner) : ILoggerFactory
{
    /// <summary>Its warnings recommend settings of the garbage collector, which this product has chosen otherwise.</summary>
    private const string Silo = "Orleans.Runtime.Silo";

    /// <summary>Its first warning is wrong: it reports the time since the machine started as the time since the last check.</summary>
    private const string Watchdog = "Orleans.Runtime.Watchdog";

    /// <summary>After Redis was away its warnings say of each member that its time in Redis is old. Who is dead is reported elsewhere.</summary>
    private const string Table = "Orleans.Runtime.MembershipService.MembershipTableManager";

    /// <summary>It warns of a gateway that has just joined, since nobody has probed it yet. A gateway that is too slow is declared dead, which is reported.</summary>
    private const string Health = "Orleans.Runtime.MembershipService.LocalSiloHealthMonitor";

    /// <summary>What fails here is seen by the grain, which keeps its state and tries again.</summary>
    private const string Storage = "Orleans.Persistence.";

    /// <summary>Tries of Orleans, each of which is followed by another one.</summary>
    private const string Retries = "Polly";

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(Storage, StringComparison.Ordinal) || categoryName.StartsWith(Retries, StringComparison.Ordinal)
            ? NullLogger.Instance
            : new SiloLogger(inner.CreateLogger(categoryName), categoryName is Silo or Watchdog or Table or Health ? LogLevel.Error : LogLevel.Warning);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <summary>The gateway's own factory stays in use.</summary>
    public void Dispose()
    {
    }

    private sealed class SiloLogger(ILogger logger, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logger.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || IsOfRedis(exception))
            {
                return;
            }

            if (logLevel > LogLevel.Warning || exception is null)
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            var line = $"{formatter(state, null)}: {exception.GetBaseException().Message}";
            logger.Log(logLevel, eventId, line, exception: null, static (text, _) => text);
        }

        /// <summary>The state of Redis is reported once.</summary>
        private static bool IsOfRedis(Exception? exception) => exception is not null
            && (exception is RedisException || exception.GetType().Namespace is "Orleans.Clustering.Redis" or "Orleans.Persistence.Redis"
                || IsOfRedis(exception.InnerException));
    }
}
