using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>A call's use of a host's connections, until it is disposed.</summary>
internal sealed class HostLease : IDisposable
{
    private readonly string? _running;
    private int _isOver;

    private HostLease(ProbedHost probed, string? running)
    {
        Probed = probed;
        _running = running;
        if (running is not null)
        {
            Host.Load.Begin(running);
        }
    }

    public ProbedHost Probed { get; }

    public SharedHost Host => Probed.Host;

    /// <summary>Called at the end of the call.</summary>
    public Action? Ended { get; init; }

    /// <param name="running">The model by which the call counts as running; null when it does not count.</param>
    /// <param name="ended">See <see cref="Ended"/>.</param>
    /// <returns>Null when the host has just been removed.</returns>
    public static HostLease? Take(ProbedHost probed, string? running = null, Action? ended = null) =>
        probed.Host.TryEnter() ? new HostLease(probed, running is null ? null : KeyOf(running)) { Ended = ended } : null;

    /// <summary>As hosts list the model, whatever spelling the caller has used.</summary>
    public static string KeyOf(string model) => ModelSpellings.Key(model);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
        {
            return;
        }

        if (_running is not null)
        {
            Host.Load.End(_running);
        }

        Host.Leave();
        Ended?.Invoke();
    }
}
