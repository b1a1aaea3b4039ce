namespace LlamaGate.Domain.Accounts;

/// <summary>What a call works on.</summary>
public enum UsageOperation
{
    Chat,
    TextCompletion,
    Embeddings,
}
