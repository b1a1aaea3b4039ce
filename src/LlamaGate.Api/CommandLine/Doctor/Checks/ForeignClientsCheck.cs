using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Does the running gateway see other clients at its hosts? Only for hosts that are shared.</summary>
internal sealed class ForeignClientsCheck : IDiagnosis
{
    public string Name => "foreign-clients";

    public TimeSpan Limit => TimeSpan.FromSeconds(10);

    public Needs Needs => Needs.Configuration | Needs.Gateway;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var probe = new GatewayProbe(context.GatewayHttp, context.Gateway, context.Clock);
        if (await probe.ListHostsAsync(context.Settings.ApiKey, cancellationToken) is not { } hosts)
        {
            return Finding.Unknown("the gateway does not list its hosts");
        }

        var seen = hosts.Where(host => host.Foreign is not null).Select(Describe).ToList();
        return seen.Count == 0
            ? new Finding(Severity.Ok, "The gateway has detected no other clients of its hosts.")
            : new Finding(
                Severity.Warning, "Other clients use the hosts without the gateway.", string.Join('\n', seen),
                "Let them use the gateway. Otherwise they reload models with their own options, and the hosts are not shared fairly.");
    }

    private static string Describe(GatewayHostState host) =>
        $"{host.Name}: {host.Foreign?.Model ?? "a model"} was used{(host.Foreign?.SeenAt is { } at ? $", noticed at {at.ToUniversalTime():yyyy-MM-dd HH:mm:ss} UTC" : "")}.";
}
