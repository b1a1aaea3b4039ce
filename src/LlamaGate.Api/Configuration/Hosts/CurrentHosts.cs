using LlamaGate.Application.Models;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>The hosts that are in force, and the options of models that come with them.</summary>
internal sealed class CurrentHosts
{
    private readonly CurrentSettings _settings;
    private readonly Lock _gate = new();
    private volatile HostsFileContent? _file;
    private volatile Combined _models;

    private CurrentHosts(CurrentSettings settings, HostsFileReading? reading)
    {
        _settings = settings;
        Reading = reading;
        _file = reading?.Content;
        _models = Combine();
        settings.Replaced += (_, _) => ReplaceModels();
    }

    /// <summary>HOSTS_FILE at the start; null when it is not set.</summary>
    public HostsFileReading? Reading { get; }

    public IReadOnlyList<ConfiguredHost> Hosts => _file?.Hosts ?? _settings.Settings.OllamaHosts;

    /// <summary>Those of HOSTS_FILE, and those of MODEL_OPTIONS for what it does not name.</summary>
    public ModelOptions ModelOptions => _models.Options;

    /// <summary>How models are loaded and shared, from the same two.</summary>
    public ModelRules ModelRules => _models.Rules;

    /// <summary>Raised after HOSTS_FILE was replaced.</summary>
    public event EventHandler? Replaced;

    /// <summary>Raised after HOSTS_FILE or MODEL_OPTIONS was replaced.</summary>
    public event EventHandler? RulesReplaced;

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
        ReplaceModels();
        Replaced?.Invoke(this, EventArgs.Empty);
    }

    private void ReplaceModels()
    {
        // The file and the settings can change at the same moment.
        lock (_gate)
        {
            _models = Combine();
        }

        RulesReplaced?.Invoke(this, EventArgs.Empty);
    }

    private Combined Combine()
    {
        var own = _settings.ModelOptions;
        return new Combined(_file?.Options.Over(own) ?? own, LoadRules.Of(_file?.Models ?? [], own));
    }

    /// <summary>Replaced together, so that nobody sees half of a change.</summary>
    private sealed record Combined(ModelOptions Options, ModelRules Rules);
}
