namespace LlamaGate.Domain.Generation;

/// <summary>Why a model stopped. Whether it stopped to call tools is determined by the calls themselves.</summary>
public enum FinishReason
{
    /// <summary>The answer is complete, or a stop sequence was generated.</summary>
    Stop,

    /// <summary>It reached the token limit.</summary>
    Length,
}
