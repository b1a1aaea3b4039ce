using System.Net;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>What an operator has to know about the cluster.</summary>
internal sealed partial class ClusterLog(ILogger<ClusterLog> logger)
{
    [LoggerMessage(EventId = 2060, EventName = "RedisUp", Level = LogLevel.Information, Message = "Redis answers at {Redis}")]
    public partial void RedisUp(string redis);

    [LoggerMessage(EventId = 2061, EventName = "RedisAway", Level = LogLevel.Warning,
        Message = "Redis does not answer at {Redis}: {Fault}. Gateways that know each other continue without it; others cannot join until it answers")]
    public partial void RedisAway(string redis, string fault);

    [LoggerMessage(EventId = 2062, EventName = "ClusterJoined", Level = LogLevel.Information,
        Message = "This gateway is a member of the cluster, at {Address}")]
    public partial void Joined(IPEndPoint address);

    [LoggerMessage(EventId = 2063, EventName = "ClusterNotJoined", Level = LogLevel.Warning,
        Message = "This gateway cannot join the cluster at {Address}, and tries again: {Reason}")]
    public partial void NotJoined(IPEndPoint address, string reason, Exception exception);

    [LoggerMessage(EventId = 2064, EventName = "ClusterMembers", Level = LogLevel.Information,
        Message = "The cluster has {Count} working members: {Members}")]
    public partial void Members(int count, string members);

    [LoggerMessage(EventId = 2065, EventName = "ClusterExpelled", Level = LogLevel.Error,
        Message = "The other gateways have declared this one dead, because it did not answer them in time. Its running requests may finish, "
            + "then it ends with exit code 1; start it again. Reported by the cluster: {Reason}")]
    public partial void Expelled(string reason, Exception? exception);

    [LoggerMessage(EventId = 2066, EventName = "ClusterLeft", Level = LogLevel.Information, Message = "This gateway has left the cluster")]
    public partial void Left();

    [LoggerMessage(EventId = 2067, EventName = "ClusterNotLeft", Level = LogLevel.Warning,
        Message = "This gateway could not say goodbye to the cluster; the others notice its end by themselves")]
    public partial void NotLeft(Exception exception);

    [LoggerMessage(EventId = 2068, EventName = "ClusterTableRestored", Level = LogLevel.Warning,
        Message = "Redis had lost the list of the members, so this gateway has written it again. Turn on persistence in Redis (appendonly yes)")]
    public partial void TableRestored();
}
