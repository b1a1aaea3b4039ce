namespace LlamaGate.Bench.Servers;

/// <summary>What stands between the load and the upstream.</summary>
internal enum ServerKind
{
    /// <summary>Nothing: the upstream itself.</summary>
    Direct,
    Nginx,
    Yarp,
    Gateway,
}
