using System.Net;

namespace LlamaGate.Api.Configuration;

/// <summary>The rules across variables: values that contradict each other, and unknown names.</summary>
internal static class SettingsRules
{
    private const string AccountsFile = "usage.db";

    public static IEnumerable<string> FindConflicts(GatewaySettings settings)
    {
        if (settings.OllamaApiKey.Length > 0 && settings.OllamaHosts.All(host => host.HasCredentials))
        {
            yield return "OLLAMA_API_KEY: OLLAMA_HOST already contains a user name or password, and only one of the two can be sent; remove one";
        }

        if (settings.HostsFile.Length == 0 && settings.OllamaHosts.FirstOrDefault(host => IsThisGateway(host.Address, settings)) is { } self)
        {
            yield return $"OLLAMA_HOST: {self.DisplayAddress} is the gateway's own address, so each request would come back to it; "
                + "set Ollama's address, or another PORT";
        }

        if (settings.HostsFile.Length > 0 && settings.NamesHosts)
        {
            yield return "HOSTS_FILE: OLLAMA_HOST is set too, and only one of the two can list the hosts; remove one";
        }

        if (settings.HostsFile.Length > 0 && settings.OllamaApiKey.Length > 0)
        {
            yield return "OLLAMA_API_KEY: it is not sent to the hosts of HOSTS_FILE; remove it, and give each host that needs one an api_key or api_key_file";
        }

        if (settings.AdminKey.Length > 0 && settings.AdminKey == settings.ApiKey)
        {
            yield return "ADMIN_KEY: it is the same as API_KEY, whose holders would be administrators; choose another one";
        }

        if (!settings.UsesTls && settings.TlsCert.Length + settings.TlsKey.Length > 0)
        {
            var (missing, given) = settings.TlsCert.Length > 0 ? ("TLS_KEY", "TLS_CERT") : ("TLS_CERT", "TLS_KEY");
            yield return $"{missing}: not set, although {given} is; HTTPS needs both";
        }

        if (settings is { LogFile.Length: > 0, DataDir.Length: > 0 } && IsAccountsFile(settings.LogFile, settings.DataDir))
        {
            yield return $"LOG_FILE: \"{settings.LogFile}\" is a file of the accounts in DATA_DIR; choose another name";
        }

        foreach (var conflict in ClusterVariables.FindConflicts(settings))
        {
            yield return conflict;
        }
    }

    /// <summary>Whether a path is the file of the accounts, or one of its journals, such as <c>usage.db-wal</c>.</summary>
    private static bool IsAccountsFile(string path, string directory)
    {
        if (path.Contains('\0', StringComparison.Ordinal) || directory.Contains('\0', StringComparison.Ordinal))
        {
            // Both are refused as paths.
            return false;
        }

        var (full, accounts) = (Path.GetFullPath(path), Path.Combine(Path.GetFullPath(directory), AccountsFile));
        return full == accounts || full.StartsWith(accounts + "-", StringComparison.Ordinal);
    }

    /// <summary>Whether an address is the one that the gateway listens on. Names other than localhost are not looked up.</summary>
    private static bool IsThisGateway(Uri address, GatewaySettings settings)
    {
        if (address.Port != settings.Port)
        {
            return false;
        }

        var listened = settings.ListenAddress;
        var isEveryAddress = listened.Equals(IPAddress.Any) || listened.Equals(IPAddress.IPv6Any);
        return IPAddress.TryParse(address.DnsSafeHost, out var named)
            ? named.Equals(listened) || (isEveryAddress && IPAddress.IsLoopback(named))
            : address.Host is "localhost" && (isEveryAddress || IPAddress.IsLoopback(listened));
    }

    public static IEnumerable<string> FindUnknownNames(DotEnvFile file, IReadOnlyList<string> known)
    {
        return
            from name in file.Values.Keys.Except(known, StringComparer.Ordinal)
            let isTelemetry = TelemetryVariables.Has(name)
            let meant = isTelemetry ? TelemetryRules.FindMeant(name) : NearestName.Find(name, known)
            // OpenTelemetry has more names than its users know.
            where meant is not null || !isTelemetry
            let line = DotEnvLines.NumberOf(name, file.Lines)
            orderby line
            select $"{DotEnvFile.Name}: line {line} of {file.Path} sets {name}, which is not a setting of LlamaGate; "
                + (meant is null ? "llamagate --help lists all settings" : $"did you mean {meant}?");
    }
}
