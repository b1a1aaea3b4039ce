using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Can this gateway identify itself to the others, and for how long?</summary>
internal sealed class ClusterCertificateCheck : IDiagnosis
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string Name => "cluster-certificate";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.Configuration;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        if (!settings.UsesClusterTls)
        {
            return Task.FromResult(new Finding(Severity.Ok, "CLUSTER_CERTIFICATE is not set: all gateways are on this machine, and do not identify themselves."));
        }

        var now = context.Clock.GetUtcNow();
        var reading = ClusterIdentity.Read(settings.ClusterCertificate, settings.ClusterCa, now);
        return Task.FromResult(reading.Identity is { } identity
            ? Judge(new DateTimeOffset(identity.Certificate.NotAfter), now)
            : new Finding(Severity.Error, "CLUSTER_CERTIFICATE cannot be used.", string.Join('\n', reading.Faults)));
    }

    internal static Finding Judge(DateTimeOffset notAfter, DateTimeOffset now)
    {
        var last = $"{notAfter.UtcDateTime:yyyy-MM-dd}";
        return now > notAfter - Soon
            ? new Finding(
                Severity.Warning, $"CLUSTER_CERTIFICATE expires on {last}.", "Then the gateways refuse each other.",
                "Renew it. The gateway reads it again within two seconds.")
            : new Finding(Severity.Ok, $"CLUSTER_CERTIFICATE was issued by an authority of CLUSTER_CA and is valid until {last}.");
    }
}
