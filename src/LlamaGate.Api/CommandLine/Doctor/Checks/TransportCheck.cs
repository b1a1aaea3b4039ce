namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Are keys and prompts encrypted on their way to the gateway?</summary>
internal sealed class TransportCheck : IDiagnosis
{
    public string Name => "transport";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.Configuration;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) =>
        Task.FromResult(context.Gateway switch
        {
            { Scheme: "https" } => new Finding(Severity.Ok, "The gateway is called over TLS."),
            { IsLoopback: true } => new Finding(Severity.Ok, "The gateway is called on this machine: no TLS is needed."),
            _ => new Finding(
                Severity.Warning,
                "The gateway is called over the network without TLS.",
                "Keys, prompts and answers can be read on the way.",
                "Set TLS_CERT and TLS_KEY, or put a proxy with a certificate before the gateway (Caddy, nginx, Traefik), and use https://."),
        });
}
