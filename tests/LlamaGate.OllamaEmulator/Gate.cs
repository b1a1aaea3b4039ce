namespace LlamaGate.OllamaEmulator;

/// <summary>
/// Holds an answer at a chosen place until the test lets it go on: a signal where others would sleep.
/// </summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Gate() => Reached = _reached.Task;

    /// <summary>
    /// Completes when an answer has come to the gate; everything before it has been handed to the socket.
    /// </summary>
    public Task Reached { get; }

    /// <summary>Lets the waiting answer, and every later one, go on.</summary>
    public void Release() => _released.TrySetResult();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _released.Task.WaitAsync(cancellationToken);
    }
}
