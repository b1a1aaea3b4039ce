namespace LlamaGate.Domain.Generation;

/// <summary>Why a model stopped. Whether it stopped to have tools called is seen from the calls themselves.</summary>
public enum FinishReason
{
    /// <summary>It had said all, or came upon a stop sequence.</summary>
    Stop,

    /// <summary>It reached the token limit.</summary>
    Length,
}
