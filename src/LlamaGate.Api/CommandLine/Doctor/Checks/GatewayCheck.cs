using LlamaGate.Api.CommandLine.Health;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Does a gateway answer at the URL, and can it reach Ollama?</summary>
internal sealed class GatewayCheck : IDiagnosis
{
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(8);

    public string Name => "gateway";

    public TimeSpan Limit => TimeSpan.FromSeconds(20);

    public Needs Needs => Needs.Configuration;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var check = new HealthCheck(context.GatewayHttp, context.Clock);
        var where = OllamaAddress.Redact(context.Gateway);
        if (await check.FindFaultAsync(context.Gateway, upstream: false, AskLimit, cancellationToken) is { } fault)
        {
            return context.GatewayIsGiven
                ? new Finding(
                    Severity.Error, $"The gateway cannot be reached at {where}.", Sentence(fault),
                    "Check the URL, the proxy in front of the gateway, and that the gateway runs.")
                : new Finding(
                    Severity.Warning, $"No gateway runs at {where}.", Sentence(fault),
                    "Start it (llamagate), or pass its address with --url.");
        }

        context.GatewayAnswers = true;
        return await check.FindFaultAsync(context.Gateway, upstream: true, AskLimit, cancellationToken) is { } upstreamFault
            ? new Finding(
                Severity.Error, $"The gateway runs at {where}, but cannot reach Ollama.", Sentence(upstreamFault),
                "Set OLLAMA_HOST as the gateway sees it: in a container, localhost is the container itself.")
            : new Finding(Severity.Ok, $"The gateway runs at {where} and reaches Ollama.");
    }

    // Do not capitalize a URL at the beginning of a sentence.
    private static string Sentence(string fault) => fault.StartsWith("http", StringComparison.Ordinal)
        ? fault + "."
        : char.ToUpperInvariant(fault[0]) + fault[1..] + ".";
}
