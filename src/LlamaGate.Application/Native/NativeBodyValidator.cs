using LlamaGate.Application.Native.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Native;

/// <summary>What the gateway cannot read, or would read otherwise than Ollama, does not pass; the rest is for Ollama to judge.</summary>
internal sealed class NativeBodyValidator : FirstFailureValidator<NativeBody>
{
    protected override RuleFailure? FirstFailure(NativeBody request) => request.Failure;
}
