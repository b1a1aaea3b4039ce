using System.Runtime.InteropServices;

namespace LlamaGate.Domain.Accounts;

/// <summary>What a key may use per UTC day.</summary>
/// <param name="Tokens">Null = no limit.</param>
/// <param name="GpuSeconds">Null = no limit.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct QuotaLimits(long? Tokens, double? GpuSeconds);
