namespace LlamaGate.Domain.Callers;

/// <summary>The class in which the calls of a key wait.</summary>
public enum KeyPriority
{
    Low,
    Normal,
    High,
}
