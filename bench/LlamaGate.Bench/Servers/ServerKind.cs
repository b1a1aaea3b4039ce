namespace LlamaGate.Bench.Servers;

/// <summary>What stands between the load and the upstream.</summary>
internal enum ServerKind
{
    /// <summary>Nothing: the upstream itself.</summary>
    Direct,
    Nginx,

    /// <summary>As it comes.</summary>
    Yarp,

    /// <summary>With the socket switch that the gateway sets for itself.</summary>
    YarpInline,

    /// <summary>In the default configuration.</summary>
    Gateway,

    /// <summary>The second configuration: CACHE_ENABLED=false.</summary>
    GatewayCacheOff,
}
