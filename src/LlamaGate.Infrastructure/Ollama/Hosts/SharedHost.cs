using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Health;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// A host that the gateway shares among callers: its connections, its state, and what is known about it. It lives as long as the list
/// names it, and then until its last call has ended.
/// </summary>
internal sealed class SharedHost : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly Lock _gate = new();
    private int _uses;
    private bool _isRetired;

    public SharedHost(OllamaHostOptions options, HttpMessageInvoker http, OllamaOptions ollama, TimeProvider timeProvider)
    {
        _http = http;
        Server = new OllamaHost(options);
        Calls = new UpstreamCalls(http, Server, ollama, timeProvider);
    }

    public OllamaHost Server { get; }

    public string Name => Server.Name;

    /// <summary>Sends to this host, once.</summary>
    public IUpstreamCalls Calls { get; }

    public HostHealth Health { get; } = new();

    public HostLoad Load { get; } = new();

    public HostState State => !Health.IsUp ? HostState.Down : IsDraining ? HostState.Draining : HostState.Up;

    /// <summary>Whether it finishes its calls and gets no new ones: the configuration or an administrator says so.</summary>
    public bool IsDraining => IsDrained || Server.Options.IsDraining;

    /// <summary>An administrator lets it drain.</summary>
    public bool IsDrained { get; set => Volatile.Write(ref field, value); }

    /// <summary>As last read, also while the host is down; null before the first time.</summary>
    public HostModels? Models { get; set => Volatile.Write(ref field, value); }

    /// <summary>As last read; null before the first time and while the host is down.</summary>
    public HostRunners? Runners { get; set => Volatile.Write(ref field, value); }

    /// <summary>Ollama's version; null before it was read.</summary>
    public string? Version { get; set; }

    /// <summary>The last sign of another client; null when there was none.</summary>
    public ForeignUse? Foreign { get; set; }

    /// <summary>Keeps the connections for a call. Each success needs a <see cref="Leave"/>.</summary>
    /// <returns>False when the host has been removed.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _uses += _isRetired ? 0 : 1;
            return !_isRetired;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_uses > 0 || !_isRetired)
            {
                return;
            }
        }

        _http.Dispose();
    }

    /// <summary>The host was removed: its connections are closed when no call needs them any more.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            var wasRetired = _isRetired;
            _isRetired = true;
            if (wasRetired || _uses > 0)
            {
                return;
            }
        }

        _http.Dispose();
    }

    public void Dispose() => _http.Dispose();
}
