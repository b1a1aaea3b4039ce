using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>A call's place at a host, until it is disposed.</summary>
/// <param name="probed">The host.</param>
/// <param name="model">The model by which the call counts as running; null when it does not count.</param>
internal sealed class HostLease(ProbedHost probed, string? model) : IDisposable
{
    private int _isOver;

    public ProbedHost Probed => probed;

    public SharedHost Host => probed.Host;

    /// <summary>Whether the host is known not to have the model, so that a 404 there is the answer for all.</summary>
    public bool LacksModel { get; init; }

    /// <summary>Called at the end of the call.</summary>
    public Action? Ended { get; init; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) != 0)
        {
            return;
        }

        if (model is not null)
        {
            Host.Load.End(model);
        }

        Host.Leave();
        Ended?.Invoke();
    }
}
