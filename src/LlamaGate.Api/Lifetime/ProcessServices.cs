using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Lifetime;

/// <summary>Services for a real process, not for a gateway inside a test: reload signals and the first probe of Ollama.</summary>
internal static class ProcessServices
{
    /// <param name="services">The gateway's services.</param>
    /// <param name="loaded">The configuration at startup, and its sources.</param>
    /// <param name="load">Reads the configuration again, in the same way.</param>
    public static void AddProcess(this IServiceCollection services, LoadedConfiguration loaded, Func<LoadedConfiguration> load)
    {
        services.AddSingleton(loaded);
        services.AddHostedService<FirstProbe>();
        if (!OperatingSystem.IsWindows())
        {
            services.AddSingleton(load).AddSingleton<SettingsReload>().AddHostedService<ReloadSignal>();
        }
    }
}
