using System.Net.Http.Headers;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// The settings that a running gateway reloads on SIGHUP: MODEL_ALIASES, API_KEY and OLLAMA_API_KEY. All others are tied to objects
/// created at startup (a port, a pool, a cache) and apply until the next start.
/// </summary>
internal sealed class CurrentSettings(GatewaySettings initial)
{
    private volatile Values _values = new(initial);

    /// <summary>All settings, with the values that are currently in force.</summary>
    public GatewaySettings Settings => _values.Settings;

    public ModelAliases ModelAliases => _values.Settings.ModelAliases;

    public AuthenticationHeaderValue? UpstreamAuthorization => _values.UpstreamAuthorization;

    /// <summary>Raised after each change.</summary>
    public event EventHandler? Replaced;

    public void Replace(GatewaySettings settings)
    {
        _values = new Values(settings);
        Replaced?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Replaced together, so that nobody sees half of a change. The header is created once, not for each request.</summary>
    private sealed class Values(GatewaySettings settings)
    {
        public GatewaySettings Settings { get; } = settings;

        public AuthenticationHeaderValue? UpstreamAuthorization { get; } = settings.UpstreamAuthorization;
    }
}
