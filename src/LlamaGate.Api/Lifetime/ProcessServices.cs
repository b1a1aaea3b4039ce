using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Lifetime;

/// <summary>What only a process of its own has, and a gateway inside a test has not: signals to reload, sockets of systemd, and a look at Ollama.</summary>
internal static class ProcessServices
{
    /// <param name="services">The gateway's services.</param>
    /// <param name="loaded">What the gateway starts with, and where it comes from.</param>
    /// <param name="load">Reads the configuration anew, in the same way.</param>
    /// <param name="sockets">What to listen at in place of LISTEN_ADDRESS and PORT; null = those.</param>
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
