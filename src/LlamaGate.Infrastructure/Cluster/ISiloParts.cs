using Orleans.Hosting;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// What a part of the product adds to the silo, which has services of its own. Registered in the gateway's services, of which it may pass
/// single objects on to the silo. Called whenever a silo is made: an attempt to join that failed is followed by a new one.
/// </summary>
internal interface ISiloParts
{
    void AddTo(ISiloBuilder silo);
}
