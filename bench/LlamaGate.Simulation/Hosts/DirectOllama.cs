using LlamaGate.Simulation.Clients;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Hosts;

/// <summary>Clients without a gateway: what they send waits inside Ollama.</summary>
internal sealed class DirectOllama(EventQueue events, OllamaHost host) : IUpstream
{
    private readonly List<ClientCall> _calls = [];

    public IReadOnlyList<ClientCall> Calls => _calls;

    public void Send(ClientCall call)
    {
        _calls.Add(call);
        call.ArrivedAt = events.Now;
        var sent = new OllamaCall(call.Model, call.Work)
        {
            Ended = isComplete => End(call, isComplete ? CallOutcome.Answered : CallOutcome.Failed),
        };
        call.Tag = sent;
        host.Submit(sent);
    }

    public void Leave(ClientCall call)
    {
        if (call is { Outcome: CallOutcome.Open, Tag: OllamaCall sent })
        {
            host.Leave(sent);
            End(call, CallOutcome.Left);
        }
    }

    private void End(ClientCall call, CallOutcome outcome)
    {
        call.SentAt = ((OllamaCall)call.Tag!).BegunAt; // Send has set it.
        (call.Host, call.EndedAt, call.Outcome) = (host.Settings.Name, events.Now, outcome);
        call.Done?.Invoke(call);
    }
}
