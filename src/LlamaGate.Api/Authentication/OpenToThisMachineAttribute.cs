namespace LlamaGate.Api.Authentication;

/// <summary>Endpoint metadata: programs on this machine may call it without a key.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OpenToThisMachineAttribute : Attribute;
