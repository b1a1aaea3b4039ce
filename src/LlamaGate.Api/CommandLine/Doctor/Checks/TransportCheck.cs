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
            { Scheme: "https" } => new Finding(Severity.Ok, "The connection to the gateway uses TLS."),
            { IsLoopback: true } => new Finding(Severity.Ok, "The URL is local: no TLS is needed."),
            _ => new Finding(
                Severity.Warning,
                "The connection to the gateway crosses the network without TLS.",
                "Others on the network can read keys, prompts and answers.",
                "Set TLS_CERT and TLS_KEY, or put a proxy with a certificate in front of the gateway (Caddy, nginx, Traefik), and use https://."),
        });
}
