using LlamaGate.Application.Native.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Native;

/// <summary>Refuses bodies that the gateway cannot read, or would read differently from Ollama. Ollama validates the rest.</summary>
internal sealed class NativeBodyValidator : FirstFailureValidator<NativeBody>
{
    protected override RuleFailure? FirstFailure(NativeBody request) => request.Failure;
}
