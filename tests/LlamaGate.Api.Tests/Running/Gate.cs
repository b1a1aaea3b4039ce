namespace LlamaGate.Api.Tests.Running;

/// <summary>Holds a request inside a test endpoint until the test lets it go.</summary>
internal sealed class Gate
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Entered => _entered.Task.WaitAsync(LongestWait);

    public void Release() => _released.TrySetResult();

    public Task PassAsync(CancellationToken cancellationToken)
    {
        _entered.TrySetResult();
        return _released.Task.WaitAsync(LongestWait, cancellationToken);
    }
}
