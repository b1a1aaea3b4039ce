using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Api.Tests.Queue;

/// <summary>An upstream call that waits in a queue until the test sends it, and says what the test says.</summary>
internal sealed class QueuedCall : IQueuePlace
{
    public const string Model = "qwen3:8b";

    private readonly TaskCompletionSource _queued = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<UpstreamRoute> _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _routed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ConversationUpdate> _updates = Channel.CreateUnbounded<ConversationUpdate>();
    private QueueEntry _entry = Waiting(position: 3, seconds: 14);

    /// <summary>Ollama's times at the end of the answer.</summary>
    public static GenerationTimings Timings { get; } =
        new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(40));

    /// <summary>Its number among the calls of its request.</summary>
    public int Call { get; init; }

    /// <summary>Where a question about the model went before the call entered the queue; null when there was none.</summary>
    public UpstreamRoute? Asked { get; init; }

    /// <summary>The call is in the queue.</summary>
    public Task Queued => _queued.Task.WaitAsync(GatewayOverOllama.LongestWait);

    /// <summary>The call has been sent.</summary>
    public Task Routed => _routed.Task.WaitAsync(GatewayOverOllama.LongestWait);

    public static QueueEntry Waiting(int position, double? seconds, string model = Model) => new("c1", model, QueueState.Waiting)
    {
        Position = position,
        Eta = seconds is { } eta ? TimeSpan.FromSeconds(eta) : null,
    };

    public static QueueEntry Loading(double? seconds) =>
        Waiting(position: 1, seconds) with { State = QueueState.Loading, Host = "gpu1" };

    public QueueEntry Describe() => Volatile.Read(ref _entry);

    /// <summary>The place is this from now on.</summary>
    public void Move(QueueEntry entry) => Volatile.Write(ref _entry, entry);

    public void Send(UpstreamRoute route)
    {
        Move(Describe() with { State = QueueState.Running, Position = 0, Eta = TimeSpan.Zero });
        _sent.SetResult(route);
    }

    /// <summary>The call fails in the queue.</summary>
    public void Fail(Exception failure) => _sent.SetException(failure);

    /// <summary>One token for each text.</summary>
    public void Say(params IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            _updates.Writer.TryWrite(new ConversationUpdate { Call = Call, Content = text });
        }
    }

    public void End()
    {
        _updates.Writer.TryWrite(new ConversationUpdate
        {
            Call = Call,
            IsDone = true,
            FinishReason = FinishReason.Stop,
            Usage = new TokenUsage(3, 2),
            Timings = Timings,
        });
        _updates.Writer.Complete();
    }

    public async IAsyncEnumerable<ConversationUpdate> RunAsync(
        RequestContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var observer = context.Observer!; // Not null: every request has one.
        if (Asked is not null)
        {
            observer.OnRouted(Asked);
        }

        observer.OnQueued(this);
        _queued.SetResult();
        observer.OnRouted(await _sent.Task.WaitAsync(cancellationToken));
        _routed.SetResult();
        await foreach (var update in _updates.Reader.ReadAllAsync(cancellationToken))
        {
            yield return update;
        }
    }
}
