using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Validation;

/// <summary>A failure that a rule in plain code found, and its location.</summary>
/// <param name="Param">A JSON path such as <c>messages[0].role</c>.</param>
internal sealed record RuleFailure(string Param, string Message, GatewayError Error = GatewayError.InvalidRequest);
