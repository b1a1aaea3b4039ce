using LlamaGate.Application.Models;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>The hosts that are in force, and the options of models that come with them.</summary>
internal sealed class CurrentHosts
{
    private readonly CurrentSettings _settings;
    private volatile HostsFileContent? _file;
    private volatile ModelOptions _options;

    private CurrentHosts(CurrentSettings settings, HostsFileReading? reading)
    {
        _settings = settings;
        Reading = reading;
        _file = reading?.Content;
        _options = Combine();
        settings.Replaced += (_, _) => _options = Combine();
    }

    /// <summary>HOSTS_FILE at the start; null when it is not set.</summary>
    public HostsFileReading? Reading { get; }

    public IReadOnlyList<ConfiguredHost> Hosts => _file?.Hosts ?? _settings.Settings.OllamaHosts;

    /// <summary>Those of HOSTS_FILE, and those of MODEL_OPTIONS for what it does not name.</summary>
    public ModelOptions ModelOptions => _options;

    /// <summary>Raised after HOSTS_FILE was replaced.</summary>
    public event EventHandler? Replaced;

    /// <exception cref="ConfigurationException">HOSTS_FILE cannot be used. The check of the settings read it too, but it may have changed since.</exception>
    public static CurrentHosts Load(CurrentSettings settings)
    {
        if (settings.Settings.HostsFile.Length == 0)
        {
            return new CurrentHosts(settings, reading: null);
        }

        var reading = HostsFile.Read(settings.Settings.HostsFile, TimeProvider.System.GetUtcNow());
        return reading.IsUsable ? new CurrentHosts(settings, reading) : throw new ConfigurationException([.. reading.Errors]);
    }

    public void Replace(HostsFileContent file)
    {
        _file = file;
        _options = Combine();
        Replaced?.Invoke(this, EventArgs.Empty);
    }

    private ModelOptions Combine() => _file?.Options.Over(_settings.ModelOptions) ?? _settings.ModelOptions;
}
