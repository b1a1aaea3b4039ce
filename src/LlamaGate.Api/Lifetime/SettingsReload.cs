using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Takes MODEL_ALIASES, MODEL_OPTIONS, API_KEY, ADMIN_KEY and OLLAMA_API_KEY anew from <c>.env</c>, and reads KEYS_FILE. A file with
/// a fault changes nothing; a setting that only a start can take is named. Requests that run keep what they began with.
/// </summary>
internal sealed partial class SettingsReload(
    Func<LoadedConfiguration> load, CurrentSettings current, ICallerDirectory callers, ILogger<SettingsReload> logger)
{
    private static readonly string[] Reloaded = ["MODEL_ALIASES", "MODEL_OPTIONS", "API_KEY", "ADMIN_KEY", "OLLAMA_API_KEY"];

    private readonly Lock _gate = new();

    public void Run()
    {
        // Signals may arrive faster than files can be read.
        lock (_gate)
        {
            // Before .env, whose faults must not delay a revoked key.
            callers.Reload();
            if (TryLoad() is not { } loaded)
            {
                return;
            }

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

    /// <summary>Null when reading failed in a way that is no fault of a value: the process serves on, whatever that was.</summary>
    private LoadedConfiguration? TryLoad()
    {
        try
        {
            return load();
        }
        catch (Exception exception)
        {
            LogUnread(exception);
            return null;
        }
    }

    private void Take(GatewaySettings read)
    {
        var before = current.Settings;
        var changed = Variables.All.Where(variable => variable.Differs(before, read)).Select(variable => variable.Name).ToList();
        current.Replace(before with
        {
            ModelAliases = read.ModelAliases,
            ModelOptions = read.ModelOptions,
            ApiKey = read.ApiKey,
            AdminKey = read.AdminKey,
            OllamaApiKey = read.OllamaApiKey,
        });
        var taken = string.Join(", ", changed.Intersect(Reloaded, StringComparer.Ordinal));
        LogReloaded(taken is "" ? "nothing" : taken);
        var others = string.Join(", ", changed.Except(Reloaded, StringComparer.Ordinal));
        if (others.Length > 0)
        {
            LogNeedsRestart(others);
        }

        if (before.AuthenticationEnabled && !current.Settings.AuthenticationEnabled && !IPAddress.IsLoopback(before.ListenAddress))
        {
            LogOpen(before.ListenAddress);
        }
    }

    [LoggerMessage(EventId = 26, EventName = "SettingsReloaded", Level = LogLevel.Information,
        Message = "Settings were read again; changed: {Changed}")]
    private partial void LogReloaded(string changed);

    [LoggerMessage(EventId = 27, EventName = "SettingNeedsRestart", Level = LogLevel.Warning,
        Message = "Also changed, in force only after a restart: {Names}")]
    private partial void LogNeedsRestart(string names);

    [LoggerMessage(EventId = 28, EventName = "SettingRefused", Level = LogLevel.Error, Message = "{Complaint}")]
    private partial void LogRefused(string complaint);

    [LoggerMessage(EventId = 29, EventName = "SettingsKept", Level = LogLevel.Error,
        Message = "Settings were read again, but the old ones stay in force. Errors: {Errors}")]
    private partial void LogKept(int errors);

    [LoggerMessage(EventId = 30, EventName = "SettingSuspect", Level = LogLevel.Warning, Message = "{Complaint}")]
    private partial void LogSuspect(string complaint);

    [LoggerMessage(EventId = 35, EventName = "SettingsUnread", Level = LogLevel.Error,
        Message = "Settings could not be read again: the old ones stay in force")]
    private partial void LogUnread(Exception exception);

    [LoggerMessage(EventId = 36, EventName = "OpenedToAll", Level = LogLevel.Warning,
        Message = "LISTEN_ADDRESS {ListenAddress} is open to other machines and API_KEY is empty now: anyone can use the gateway")]
    private partial void LogOpen(IPAddress listenAddress);
}
