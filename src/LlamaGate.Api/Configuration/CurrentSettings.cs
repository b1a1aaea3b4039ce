using System.Net.Http.Headers;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// The settings that a running gateway takes anew at SIGHUP: MODEL_ALIASES, MODEL_OPTIONS, API_KEY, ADMIN_KEY and OLLAMA_API_KEY. All others are bound to what a
/// start makes (a port, a pool, a cache) and hold until the next one.
/// </summary>
internal sealed class CurrentSettings(GatewaySettings initial)
{
    private volatile Values _values = new(initial);

    /// <summary>All settings, with the values that are currently in force.</summary>
    public GatewaySettings Settings => _values.Settings;

    public ModelAliases ModelAliases => _values.Settings.ModelAliases;

    public ModelOptions ModelOptions => _values.Settings.ModelOptions;

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
