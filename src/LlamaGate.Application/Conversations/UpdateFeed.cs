using System.Runtime.CompilerServices;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// Fetches one answer's updates from upstream, one per request, for one reader at a time. A fetch needs no state machine per
/// update, and does not capture a reader's execution context, because all readers share the answer.
/// </summary>
/// <param name="abandoned">Ends the upstream calls.</param>
internal sealed class UpdateFeed(
    ConversationCalls calls, UpstreamClock clock, UpdateFeed.Receiver receiver, CancellationToken abandoned)
{
    private readonly Receiver _receiver = receiver;
    private IAsyncEnumerator<ConversationUpdate>? _updates;
    private ValueTaskAwaiter<bool> _moving;
    private Action? _moved;

    public bool IsOpen => _updates is not null;

    /// <summary>Requests the next update. The receiver is called exactly once, before this returns or later.</summary>
    public void Fetch()
    {
        if (_updates is { } updates)
        {
            Move(updates);
        }
        else
        {
            _ = OpenAsync();
        }
    }

    /// <summary>Ends the remaining calls. Do not call it while an update is being fetched.</summary>
    public void Close() => _ = _updates?.DisposeAsync().AsTask();

    private async Task OpenAsync()
    {
        try
        {
            _updates = await calls.OpenAsync(abandoned);
        }
        catch (Exception exception)
        {
            _receiver.Fail(exception);
            return;
        }

        clock.Start();
        Move(_updates);
    }

    private void Move(IAsyncEnumerator<ConversationUpdate> updates)
    {
#pragma warning disable CA2012 // Consumed once, in OnMoved.
        _moving = updates.MoveNextAsync().GetAwaiter();
#pragma warning restore CA2012
        if (_moving.IsCompleted)
        {
            OnMoved();
        }
        else
        {
            _moving.UnsafeOnCompleted(_moved ??= OnMoved);
        }
    }

    private void OnMoved()
    {
        bool hasMoved;
        try
        {
#pragma warning disable VSTHRD002 // It has completed.
            hasMoved = _moving.GetResult();
#pragma warning restore VSTHRD002
        }
        catch (Exception exception)
        {
            clock.Stop();
            _receiver.Fail(exception);
            return;
        }

        if (hasMoved)
        {
            // Not null: MoveNext has just succeeded.
            _receiver.Append(_updates!.Current);
        }
        else
        {
            _receiver.Complete();
        }
    }

    /// <summary>The result of a fetch: an update, the end, or a failure.</summary>
    internal readonly record struct Receiver(Action<ConversationUpdate> Append, Action Complete, Action<Exception> Fail);
}
