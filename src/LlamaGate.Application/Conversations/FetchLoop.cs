namespace LlamaGate.Application.Conversations;

/// <summary>
/// Fetches an answer's updates one after the other. Upstream may answer within the call, and the receiver then asks for the next update: a loop
/// takes the place of a call within a call, whose depth nobody would limit.
/// </summary>
internal sealed class FetchLoop(UpdateFeed feed)
{
    /// <summary>The loop that runs on this thread.</summary>
    [ThreadStatic]
    private static FetchLoop? _running;

    [ThreadStatic]
    private static bool _goesOn;

    /// <summary>Fetches the next update, and more if the receiver asks for them meanwhile.</summary>
    public void Fetch()
    {
        if (_running == this)
        {
            _goesOn = true;
            return;
        }

        // A reader that is woken within may run the loop of another answer.
        var (before, wentOn) = (_running, _goesOn);
        _running = this;
        do
        {
            _goesOn = false;
            feed.Fetch();
        }
        while (_goesOn);
        (_running, _goesOn) = (before, wentOn);
    }
}
