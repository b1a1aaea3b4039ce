using System.Net;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Can strangers reach a gateway that requires no key?</summary>
internal sealed class ListenAddressCheck : IDiagnosis
{
    public string Name => "listen-address";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.Configuration;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings;
        var where = new IPEndPoint(settings.ListenAddress, settings.Port);
        return Task.FromResult(settings switch
        {
            _ when IPAddress.IsLoopback(settings.ListenAddress) => new Finding(
                Severity.Ok, $"With these settings the gateway listens on {where}: only this machine can reach it."),
            { AuthenticationEnabled: true } => new Finding(
                Severity.Ok, $"With these settings the gateway listens on {where}, with a key."),
            _ => new Finding(
                Severity.Warning,
                $"With these settings the gateway listens on {where} without a key.",
                "Anyone who can reach this port can use the models.",
                "Set API_KEY (llamagate keygen --env generates one) or KEYS_FILE, or LISTEN_ADDRESS=127.0.0.1."),
        });
    }
}
