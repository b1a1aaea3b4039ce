namespace LlamaGate.Application.Abstractions;

/// <summary>Learns what happens on shared hosts, for the metrics. Thread-safe; it never blocks and never throws.</summary>
public interface IHostEvents
{
    /// <summary>A model was loaded.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="model">The model's own name.</param>
    /// <param name="reason"><c>first</c>, <c>copy</c>, <c>switch</c>, <c>grow</c> or <c>admin</c>; <c>foreign</c> when another client caused it.</param>
    /// <param name="duration">How long the load took.</param>
    void OnLoaded(string host, string model, string reason, TimeSpan duration);

    /// <summary>A call failed at a host before its first byte and is sent to another.</summary>
    /// <param name="host">The name of the host that failed.</param>
    void OnFailedOver(string host);

    /// <summary>A call that had to wait has its slot.</summary>
    /// <param name="expected">The wait that was estimated when it arrived.</param>
    /// <param name="waited">Its real wait.</param>
    void OnWaited(TimeSpan expected, TimeSpan waited);
}
