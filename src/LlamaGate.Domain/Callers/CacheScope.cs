namespace LlamaGate.Domain.Callers;

/// <summary>With whom a caller shares cached answers and answers in flight.</summary>
public enum CacheScope
{
    /// <summary>With every other caller of this scope; the default.</summary>
    Shared,

    /// <summary>Only with requests of the same key.</summary>
    Own,

    /// <summary>With nobody: nothing is looked up and nothing is stored.</summary>
    Off,
}
