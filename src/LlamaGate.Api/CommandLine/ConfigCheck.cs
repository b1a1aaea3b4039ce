using LlamaGate.Api.CommandLine.Keys;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.CommandLine;

/// <summary>
/// <c>--check-config</c>: prints the settings that would be used and where each value comes from, secrets masked. Errors are reported as at startup;
/// warnings go to stderr and do not make the configuration invalid.
/// </summary>
internal static class ConfigCheck
{
    public static async Task<int> RunAsync(string? file, TextWriter output, TextWriter error)
    {
        var loaded = SettingsReader.Load(file);
        foreach (var warning in loaded.Warnings)
        {
            await error.WriteLineAsync($"warning: {warning}");
        }

        loaded.OrThrow();
        await output.WriteLineAsync("configuration is valid");
        await WriteAsync(output, "from the environment", loaded, loaded.FromEnvironment.Contains);
        await WriteAsync(output, $"from {loaded.File}", loaded, loaded.FromFile.Contains);
        await WriteAsync(
            output, "by default", loaded, name => !loaded.FromEnvironment.Contains(name) && !loaded.FromFile.Contains(name));
        if (loaded.Settings.SharesHosts)
        {
            await WriteHostsAsync(output, loaded.Settings);
        }

        await WriteKeysAsync(output, loaded.Settings);
        return 0;
    }

    private static async Task WriteKeysAsync(TextWriter output, GatewaySettings settings)
    {
        if (settings.KeysFileOptions is not { } file)
        {
            return;
        }

        var summary = new KeysSummary(GatewayHost.KeysFile.Read(file).Keys, TimeProvider.System.GetUtcNow());
        await output.WriteLineAsync($"keys in {file.Path}:");
        foreach (var line in summary.Notes().Prepend(summary.Count))
        {
            await output.WriteLineAsync($"  {line}");
        }
    }

    private static async Task WriteHostsAsync(TextWriter output, GatewaySettings settings)
    {
        var file = settings.HostsFile.Length == 0 ? null : HostsFile.Read(settings.HostsFile, TimeProvider.System.GetUtcNow());
        if (file is { Content: null })
        {
            // Changed since the settings were read.
            throw new ConfigurationException([.. file.Errors]);
        }

        await output.WriteLineAsync(file is null ? "hosts of OLLAMA_HOST:" : $"hosts of HOSTS_FILE {file.Path}:");
        foreach (var host in file?.Content?.Hosts ?? settings.OllamaHosts)
        {
            await output.WriteLineAsync($"  {host.Name,-16} {string.Join(", ", Describe(host, settings))}");
        }

        foreach (var rule in file?.Content?.Models ?? [])
        {
            await output.WriteLineAsync($"  models {rule.Pattern}: {Describe(rule)}");
        }
    }

    private static IEnumerable<string> Describe(ConfiguredHost host, GatewaySettings settings)
    {
        yield return host.DisplayAddress;
        yield return (host.ApiKey.Length > 0, host.Address.UserInfo.Length > 0, settings.OllamaApiKey.Length > 0) switch
        {
            (true, _, _) => "its own key (set)",
            (_, true, _) => "a user name or password (set)",
            (_, _, true) => "OLLAMA_API_KEY (set)",
            _ => "no key",
        };
        if (host.Tls is { } tls)
        {
            yield return tls.Options switch
            {
                { CertificateChainPolicy: not null, ClientCertificateContext: not null } => "TLS with ca_file and client_cert",
                { CertificateChainPolicy: not null } => "TLS with ca_file",
                _ => "TLS with client_cert",
            };
        }

        if (host.IsDraining)
        {
            yield return "drain: no new calls";
        }

        foreach (var limit in Describe(host.Limits))
        {
            yield return limit;
        }
    }

    private static IEnumerable<string> Describe(HostLimits limits)
    {
        if (limits.LearnsSlots || limits.Slots is not null)
        {
            yield return $"slots {(limits.LearnsSlots ? HostLimitsReader.Learned : VariableText.Of(limits.Slots ?? 0))}";
        }

        if (limits.MaxRunning is { } running)
        {
            yield return $"max_running {running}";
        }

        if (limits.MaxLoaded is { } loaded)
        {
            yield return $"max_loaded {loaded}";
        }

        if (limits.VideoMemory is { } bytes)
        {
            yield return $"vram_gb {VariableText.Of(HostLimitsReader.ToGb(bytes))}";
        }

        if (limits.Pinned.Count > 0)
        {
            yield return $"pin {string.Join(' ', limits.Pinned)}";
        }
    }

    private static string Describe(ConfiguredModel model)
    {
        List<string> members =
        [
            .. model.Options.Select(option => $"{option.Key} {option.Value.GetRawText()}"),
            .. model.Rule.MaxContext is { } most ? [$"max_ctx {most}"] : Array.Empty<string>(),
            .. model.Rule.Slots is { } slots ? [$"slots {slots}"] : Array.Empty<string>(),
        ];
        return members.Count == 0 ? "no options" : string.Join(", ", members);
    }

    private static async Task WriteAsync(
        TextWriter output, string origin, LoadedConfiguration loaded, Func<string, bool> isFromThere)
    {
        var variables = Variables.All.Where(variable => isFromThere(variable.Name)).ToList();
        if (variables.Count == 0)
        {
            return;
        }

        await output.WriteLineAsync($"{origin}:");
        foreach (var variable in variables)
        {
            await output.WriteLineAsync($"  {variable.Name,-16} {variable.Describe(loaded.Settings)}");
            if (variable.Note(loaded.Settings) is { } note)
            {
                await output.WriteLineAsync($"  {"",-16} {note}");
            }
        }
    }
}
