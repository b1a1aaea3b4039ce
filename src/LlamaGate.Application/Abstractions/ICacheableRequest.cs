namespace LlamaGate.Application.Abstractions;

/// <summary>A request whose answer may be kept and given again to whoever asks the same.</summary>
/// <typeparam name="TResponse">The answer. It must be immutable: all who ask the same share it.</typeparam>
public interface ICacheableRequest<in TResponse>
{
    /// <summary>The same for two requests exactly when every field that changes the answer is the same.</summary>
    string ComputeCacheKey();

    /// <summary>About how many bytes of memory the answer holds.</summary>
    long SizeOf(TResponse response);
}
