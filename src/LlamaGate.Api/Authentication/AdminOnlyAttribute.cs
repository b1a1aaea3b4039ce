namespace LlamaGate.Api.Authentication;

/// <summary>Endpoint metadata: only the holder of an admin key may call it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class AdminOnlyAttribute : Attribute;
