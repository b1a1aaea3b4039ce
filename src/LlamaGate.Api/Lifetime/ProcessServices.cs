using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Lifetime;

/// <summary>Services for a real process, not for a gateway inside a test: reload signals, inherited sockets and the first probe of Ollama.</summary>
internal static class ProcessServices
{
    /// <param name="services">The gateway's services.</param>
    /// <param name="loaded">The configuration at startup, and its sources.</param>
    /// <param name="load">Reads the configuration again, in the same way.</param>
    /// <param name="sockets">Listen on these instead of LISTEN_ADDRESS and PORT; null = none were inherited.</param>
    public static void AddProcess(
        this IServiceCollection services, LoadedConfiguration loaded, Func<LoadedConfiguration> load, InheritedSockets? sockets)
    {
        if (sockets is not null)
        {
            services.AddSingleton(sockets);
        }

        services.AddSingleton(loaded);
        services.AddHostedService<FirstProbe>();
        if (!OperatingSystem.IsWindows())
        {
            services.AddSingleton(load).AddSingleton<SettingsReload>().AddHostedService<ReloadSignal>();
        }
    }
}
