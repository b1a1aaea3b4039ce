using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Hosts;

namespace LlamaGate.Simulation.Gateway;

/// <summary>A client's call on its way through the gateway.</summary>
internal sealed class SharedCall(ClientCall client)
{
    public ClientCall Client => client;

    /// <summary>Null before it has arrived.</summary>
    public CallTicket? Ticket { get; set; }

    /// <summary>What was sent last; null while it waits for the first time.</summary>
    public OllamaCall? Sent { get; set; }

    public bool HasFirstToken { get; set; }
}
