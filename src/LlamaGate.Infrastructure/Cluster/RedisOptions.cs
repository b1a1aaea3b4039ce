namespace LlamaGate.Infrastructure.Cluster;

/// <summary>A Redis server, as REDIS_URL names it.</summary>
public sealed record RedisOptions
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Null = Redis' default user.</summary>
    public string? User { get; init; }

    /// <summary>Null = none.</summary>
    public string? Password { get; init; }

    public bool UsesTls { get; init; }

    /// <summary>The number of the database.</summary>
    public int Database { get; init; }

    /// <summary>Separates clusters that share a database; empty = none.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The name of the cluster: gateways of another one cannot join by mistake.</summary>
    public string ClusterName => Prefix.Length > 0 ? $"llamagate:{Prefix}:{Database}" : $"llamagate:{Database}";

    /// <summary>For logs and pages: without user name and password.</summary>
    public string DisplayAddress => $"{(UsesTls ? "rediss" : "redis")}://{Host}:{Port}/{Database}";

    /// <summary>A record would print the password.</summary>
    public override string ToString() => DisplayAddress;
}
