using LlamaGate.Api.Tls;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Can clients accept the certificate in TLS_CERT, and for how long?</summary>
internal sealed class CertificateCheck : IDiagnosis
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(14);

    public string Name => "certificate";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.Configuration;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        if (!settings.UsesTls)
        {
            return Task.FromResult(new Finding(Severity.Ok, "TLS_CERT and TLS_KEY are not set: the gateway itself serves plain HTTP."));
        }

        var certificate = new CertificateFiles(settings.TlsCert, settings.TlsKey).Read().Load(out var faults);
        return Task.FromResult(certificate is null
            ? new Finding(Severity.Error, "The certificate cannot be used.", string.Join('\n', faults))
            : Judge(certificate, context.Clock.GetUtcNow()));
    }

    internal static Finding Judge(ServerCertificate certificate, DateTimeOffset now)
    {
        const string Advice = "Renew it. The gateway reads TLS_CERT and TLS_KEY again automatically when they change.";
        var last = certificate.LastDay;
        return certificate switch
        {
            _ when now < certificate.NotBefore => new Finding(
                Severity.Error, $"The certificate for {certificate.Names} is not valid yet.", Advice: "Check this machine's clock."),
            _ when now > certificate.NotAfter => new Finding(
                Severity.Error, $"The certificate for {certificate.Names} expired on {last}.", "Clients refuse to connect.", Advice),
            _ when now > certificate.NotAfter - Soon => new Finding(
                Severity.Warning, $"The certificate for {certificate.Names} expires on {last}.", Advice: Advice),
            _ => new Finding(Severity.Ok, $"The certificate for {certificate.Names} is valid until {last}."),
        };
    }
}
