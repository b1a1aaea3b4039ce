using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Api.Tls;

namespace LlamaGate.Api.Configuration;

/// <summary>Checks that the files named by settings can be used. Each complaint names its variable.</summary>
internal static class NamedFiles
{
    /// <summary>For a process that is about to serve.</summary>
    public static IEnumerable<string> CheckAsServer(GatewaySettings settings) =>
        Check(settings, LogFileAccess.CheckAsWriter, DataDirectoryAccess.CheckAsWriter);

    /// <summary>For a process that only reads the settings; it leaves nothing behind.</summary>
    public static IEnumerable<string> CheckAsOnlooker(GatewaySettings settings) =>
        Check(settings, LogFileAccess.CheckAsOnlooker, DataDirectoryAccess.CheckAsOnlooker);

    /// <summary>
    /// For a gateway that reads its settings again. HOSTS_FILE and CLUSTER_CERTIFICATE are left out: they are read again by themselves, and a
    /// fault in them must not keep the settings from being used.
    /// </summary>
    public static IEnumerable<string> CheckToReload(GatewaySettings settings) =>
        Check(settings with { HostsFile = "", ClusterCertificate = "" }, LogFileAccess.CheckAsOnlooker, DataDirectoryAccess.CheckAsOnlooker);

    /// <summary>For a process that does not use the files.</summary>
    public static IEnumerable<string> CheckNone(GatewaySettings settings) => [];

    private static IEnumerable<string> Check(
        GatewaySettings settings, Func<string, string?> checkLogFile, Func<string, string?> checkDataDirectory)
    {
        if (settings.LogFile.Length > 0 && checkLogFile(settings.LogFile) is { } complaint)
        {
            yield return complaint;
        }

        if (settings.DataDir.Length > 0 && checkDataDirectory(settings.DataDir) is { } problem)
        {
            yield return problem;
        }

        if (settings.KeysFileOptions is { } keys)
        {
            foreach (var fault in GatewayHost.KeysFile.Read(keys).Faults)
            {
                yield return $"KEYS_FILE: {fault.Describe(keys.Path)}";
            }
        }

        if (settings.UsesTls)
        {
            _ = new CertificateFiles(settings.TlsCert, settings.TlsKey).Read().Load(out var faults);
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }

        if (settings.UsesClusterTls)
        {
            foreach (var fault in ClusterIdentity.Read(settings.ClusterCertificate, settings.ClusterCa, TimeProvider.System.GetUtcNow()).Faults)
            {
                yield return fault;
            }
        }

        if (settings.HostsFile.Length > 0)
        {
            foreach (var error in HostsFile.Read(settings.HostsFile, TimeProvider.System.GetUtcNow()).Errors)
            {
                yield return error;
            }
        }
    }
}
