using System.Net;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Health;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>What is wrong with a host.</summary>
/// <param name="Text">Anyone may see it.</param>
/// <param name="Detail">For the operator's log.</param>
internal sealed record HostFault(string Text, string Detail)
{
    public static HostFault Of(Exception exception) => exception switch
    {
        GatewayException { Error: GatewayError.UpstreamUnreachable } failure =>
            new(UpstreamHealth.Unreachable.Fault!, ReasonOf(failure.InnerException)),
        GatewayException { UpstreamStatus: { } status } failure =>
            new(OfStatus(status), failure.LogDetail ?? $"status {status}"),
        GatewayException failure => Same(failure.Message),
        OperationCanceledException => Same($"Ollama did not answer within {OwnCalls.Limit.TotalSeconds:0} s"),
        _ => Same("Ollama could not be asked"),
    };

    /// <summary>The same, met while its models were listed.</summary>
    public HostFault OfModels() => new($"The list of models cannot be read: {Text}", $"its list of models cannot be read: {Detail}");

    private static string ReasonOf(Exception? exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name cannot be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS connection failed",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "it cannot be connected to",
        _ => "the connection broke",
    };

    private static string OfStatus(int status) => status switch
    {
        (int)HttpStatusCode.Unauthorized => UpstreamHealth.RefusedCredentials(status).Fault!,
        < 300 => "The server is not Ollama",
        _ => UpstreamHealth.AnsweredWith(status).Fault!,
    };

    private static HostFault Same(string text) => new(text, text);
}
