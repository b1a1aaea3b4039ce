using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Reloads MODEL_ALIASES, API_KEY and OLLAMA_API_KEY from <c>.env</c>. A file with an error changes nothing; settings that need a
/// restart are logged. Running requests keep their old values.
/// </summary>
internal sealed partial class SettingsReload(
    Func<LoadedConfiguration> load, CurrentSettings current, ILogger<SettingsReload> logger)
{
    private static readonly string[] Reloaded = ["MODEL_ALIASES", "API_KEY", "OLLAMA_API_KEY"];

    private readonly Lock _gate = new();

    public void Run()
    {
        // Signals may arrive faster than files can be read.
        lock (_gate)
        {
            var loaded = load();
            foreach (var warning in loaded.Warnings)
            {
                LogSuspect(warning);
            }

            if (loaded.Errors.Count > 0)
            {
                loaded.Errors.ToList().ForEach(LogRefused);
                LogKept(loaded.Errors.Count);
                return;
            }

            Take(loaded.Settings);
        }
    }

    private void Take(GatewaySettings read)
    {
        var before = current.Settings;
        var changed = Variables.All.Where(variable => variable.Show(before) != variable.Show(read)).Select(variable => variable.Name).ToList();
        current.Replace(before with
        {
            ModelAliases = read.ModelAliases,
            ApiKey = read.ApiKey,
            OllamaApiKey = read.OllamaApiKey,
        });
        var taken = string.Join(", ", changed.Intersect(Reloaded, StringComparer.Ordinal));
        LogReloaded(taken is "" ? "nothing" : taken);
        var others = string.Join(", ", changed.Except(Reloaded, StringComparer.Ordinal));
        if (others.Length > 0)
        {
            LogNeedsRestart(others);
        }
    }

    [LoggerMessage(EventId = 26, EventName = "SettingsReloaded", Level = LogLevel.Information,
        Message = "Settings were read again; changed: {Changed}")]
    private partial void LogReloaded(string changed);

    [LoggerMessage(EventId = 27, EventName = "SettingNeedsRestart", Level = LogLevel.Warning,
        Message = "{Names} changed as well and will be used after a restart")]
    private partial void LogNeedsRestart(string names);

    [LoggerMessage(EventId = 28, EventName = "SettingRefused", Level = LogLevel.Error, Message = "{Complaint}")]
    private partial void LogRefused(string complaint);

    [LoggerMessage(EventId = 29, EventName = "SettingsKept", Level = LogLevel.Error,
        Message = "Settings were read again and have {Errors} errors: the old ones stay in force")]
    private partial void LogKept(int errors);

    [LoggerMessage(EventId = 30, EventName = "SettingSuspect", Level = LogLevel.Warning, Message = "{Complaint}")]
    private partial void LogSuspect(string complaint);
}
