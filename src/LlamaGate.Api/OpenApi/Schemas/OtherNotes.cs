using LlamaGate.Api.Errors;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Health.Contracts;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Application.Scheduling.Contracts;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>Models, the queue, health, the error envelope and the error event.</summary>
internal static class OtherNotes
{
    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<ModelObject>().Words(m => m.Object, "model"),
        new ContractNotes<ModelList>().Words(l => l.Object, "list"),
        new ContractNotes<AnthropicModelList>(),
        new ContractNotes<AnthropicModel>().Words(m => m.Type, "model"),
        new ContractNotes<ResponseItemList>().Words(l => l.Object, "list"),
        new ContractNotes<DeletedResponse>().Words(r => r.Object, "response"),
        new ContractNotes<QueuedCall>()
            .Words(c => c.State, "waiting", "running")
            .RequiresOrNull(c => c.Eta),
        .. AdminNotes.All,
        new ContractNotes<HealthReport>().Words(h => h.Status, "healthy", "unhealthy").Words(h => h.Ollama, "connected"),
        new ContractNotes<ProbeState>()
            .Says("The state of the process.")
            .Says(p => p.Status, "`alive` or, at /readyz, `ready`, `joining` and `draining`.")
            .Says(p => p.Hosts, "HOSTS_FILE, with `?verbose`.")
            .Words(p => p.Status, "alive", "ready", "joining", "draining"),
        new ContractNotes<ConfigurationFileReport>(),
        new ContractNotes<ClusterReport>(),
        // The assembly's own documentation is not available while it is compiled, so its contracts are described here.
        new ContractNotes<OpenAIError>()
            .Says("OpenAI's error envelope. Every error has this shape.")
            .Says(e => e.Error, "The error, always with all four members."),
        new ContractNotes<OpenAIErrorBody>()
            .Says("One error.")
            .Says(e => e.Message, "What went wrong and, if possible, what to do.")
            .Says(e => e.Type, "The kind of error: the request, the rate, or the server.")
            .Says(e => e.Param, "JSON path of the field at fault, `messages[0].role`.")
            .Says(e => e.Code, "A stable code for programs; null if there is none.")
            .Words(e => e.Type, "invalid_request_error", "rate_limit_error", "insufficient_quota", "server_error")
            .RequiresOrNull(e => e.Param, e => e.Code),
        new ContractNotes<AnthropicError>()
            .Says("Anthropic's error envelope, under `/v1/messages`; in a stream the event `error`.")
            .Says(e => e.Error, "The error.")
            .Says(e => e.RequestId, "The same as the header `request-id`.")
            .Words(e => e.Type, "error")
            .RequiresOrNull(e => e.RequestId),
        new ContractNotes<AnthropicErrorBody>()
            .Says("One error.")
            .Says(e => e.Type, "The kind of error.")
            .Says(e => e.Message, "What went wrong and where, and, if possible, what to do.")
            .Words(
                e => e.Type, "invalid_request_error", "authentication_error", "billing_error", "permission_error", "not_found_error",
                "request_too_large", "rate_limit_error", "api_error", "overloaded_error", "timeout_error"),
        new ContractNotes<ResponseErrorEvent>()
            .Says("The event that ends the stream of a failed response.")
            .Says(e => e.Code, "A stable code for programs.")
            .Says(e => e.Message, "What went wrong.")
            .Says(e => e.Param, "JSON path of the field at fault.")
            .Says(e => e.SequenceNumber, "The next in the stream.")
            .Says(e => e.Error, "The same as in the envelope of a plain answer.")
            .Words(e => e.Type, "error")
            .RequiresOrNull(e => e.Param),
        new ContractNotes<ResponseErrorDetails>()
            .Words(e => e.Type, "invalid_request_error", "rate_limit_error", "insufficient_quota", "server_error"),
    ];
}
