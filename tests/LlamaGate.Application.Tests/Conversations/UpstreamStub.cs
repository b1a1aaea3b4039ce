using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;
using Moq;

namespace LlamaGate.Application.Tests.Conversations;

/// <summary>An upstream whose updates come when the test says so.</summary>
internal sealed class UpstreamStub : IConversationClient
{
    private readonly Channel<ConversationUpdate> _updates = Channel.CreateUnbounded<ConversationUpdate>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static RequestContext Context { get; } = new("id", new Caller("anonymous", new CallerPolicy(RateLimitRps: 10)));

    public static ConversationBatch Batch { get; } = new(new ConversationRequest("m", new TextPrompt("p"), new GenerationOptions()));

    /// <summary>Calls that were begun.</summary>
    public int Calls { get; private set; }

    /// <summary>Updates that were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Ends when the call is cancelled.</summary>
    public Task Left => _left.Task;

    /// <summary>Updates still come after the call was cancelled, as those that were under way do.</summary>
    public bool IsLate { get; set; }

    /// <summary>Ends when the call is closed, for whatever reason.</summary>
    public Task Closed => _closed.Task;

    public Mock<IModelCatalogue> Models { get; } = new();

    public SharedConversation Start(ReadAhead? ahead = null) =>
        new(new ConversationCalls(Batch, Context, this, Models.Object), Models.Object, ahead, TimeProvider.System);

    public void Say(string text) => Assert.True(_updates.Writer.TryWrite(new ConversationUpdate { Content = text }));

    public void End(int tokens = 1)
    {
        Assert.True(_updates.Writer.TryWrite(new ConversationUpdate
        {
            IsDone = true,
            FinishReason = FinishReason.Stop,
            Usage = new TokenUsage(1, tokens),
        }));
        _updates.Writer.Complete();
    }

    public void Fail(Exception failure) => _updates.Writer.Complete(failure);

    public async IAsyncEnumerable<ConversationUpdate> StreamAsync(
        ConversationRequest request, int call, RequestContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Calls++;
        try
        {
            while (await _updates.Reader.WaitToReadAsync(IsLate ? CancellationToken.None : cancellationToken))
            {
                Assert.True(_updates.Reader.TryRead(out var update));
                Taken++;
                yield return update;
            }
        }
        finally
        {
            _closed.TrySetResult();
            if (cancellationToken.IsCancellationRequested)
            {
                _left.TrySetResult();
            }
        }
    }
}
