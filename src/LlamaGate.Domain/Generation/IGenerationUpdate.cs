namespace LlamaGate.Domain.Generation;

/// <summary>What comes back of a model that generates, in a chat or for a prompt.</summary>
public interface IGenerationUpdate
{
    /// <summary>The model has said that it is done, and nothing more will come.</summary>
    bool IsDone { get; }
}
