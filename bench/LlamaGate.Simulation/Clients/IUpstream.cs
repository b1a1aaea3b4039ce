namespace LlamaGate.Simulation.Clients;

/// <summary>Where clients send their calls: the gateway, or an Ollama.</summary>
internal interface IUpstream
{
    /// <summary>All calls so far, in the order of their arrival.</summary>
    IReadOnlyList<ClientCall> Calls { get; }

    void Send(ClientCall call);

    /// <summary>The client hangs up. Does nothing when the call has ended.</summary>
    void Leave(ClientCall call);
}
