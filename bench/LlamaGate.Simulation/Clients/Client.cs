using LlamaGate.Domain.Callers;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Clients;

/// <summary>Sends a call, waits for its end, thinks, and sends the next one.</summary>
internal sealed class Client(EventQueue events, IUpstream upstream, Principal principal, string model)
{
    private int _sent;

    /// <summary>What the next call takes.</summary>
    public required Func<Work> Work { get; init; }

    /// <summary>Between the end of a call and the next one; null = no pause.</summary>
    public Func<TimeSpan>? Think { get; init; }

    /// <summary>After how long the client leaves a call that it has just sent; null = it stays.</summary>
    public Func<TimeSpan?>? Patience { get; init; }

    /// <summary>Null = without an end.</summary>
    public int? Requests { get; init; }

    /// <summary>Answered, given up or failed.</summary>
    public int Ended { get; private set; }

    public bool HasFinished => Ended >= Requests;

    public void StartAt(TimeSpan at) => events.At(at, Send);

    private void Send()
    {
        _sent++;
        var call = new ClientCall(principal, model, Work()) { Done = End };
        upstream.Send(call);
        if (Patience?.Invoke() is { } patience)
        {
            events.In(patience, () => upstream.Leave(call));
        }
    }

    private void End(ClientCall call)
    {
        if (call.Outcome is CallOutcome.Refused)
        {
            _sent--;
            events.In(call.RetryAfter, Send);
            return;
        }

        Ended++;
        if (_sent < (Requests ?? int.MaxValue))
        {
            events.In(Think?.Invoke() ?? TimeSpan.Zero, Send);
        }
    }
}
