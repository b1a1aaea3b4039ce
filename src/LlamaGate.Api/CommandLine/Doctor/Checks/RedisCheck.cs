using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Can gateways find each other in this Redis, and does it keep what they store there?</summary>
internal sealed class RedisCheck : IDiagnosis
{
    public string Name => "redis";

    public TimeSpan Limit => TimeSpan.FromSeconds(15);

    public Needs Needs => Needs.Configuration;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        try
        {
            context.Redis = await GatewayHost.InspectRedisAsync(context.Settings, context.Clock).WaitAsync(cancellationToken);
            return Judge(context.Redis, context.Settings.Redis?.ToString() ?? "");
        }
        catch (RedisUnavailableException exception)
        {
            return new Finding(
                Severity.Error, $"Redis at {context.Settings.Redis} cannot be used.", exception.Message + ".",
                "Start Redis, or correct REDIS_URL. Without it a gateway starts, but stays unready.");
        }
    }

    internal static Finding Judge(RedisFacts redis, string address)
    {
        var title = $"Redis {redis.Version} answers at {address} in {redis.Latency.TotalMilliseconds:0.0} ms, with {redis.Members.Count} gateways in its list.";
        return redis switch
        {
            { EvictionPolicy: { } policy and not "noeviction" } => new Finding(
                Severity.Warning, title, $"When its memory is full it drops data (maxmemory-policy {policy}): the list of gateways, or what keys have used.",
                "Set maxmemory-policy noeviction, or give the gateways a Redis of their own."),
            { Persists: false } => new Finding(
                Severity.Warning, title, "It keeps nothing on disk: after its restart the sums of past days are lost.", "Set appendonly yes."),
            _ => new Finding(Severity.Ok, title),
        };
    }
}
