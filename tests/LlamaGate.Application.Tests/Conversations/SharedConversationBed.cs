using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using Moq;

namespace LlamaGate.Application.Tests.Conversations;

/// <summary>An answer of a scripted upstream that readers share, and what is kept of it.</summary>
internal sealed class SharedConversationBed
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    public SharedConversationBed(long gatheringBytes = 1024 * 1024)
    {
        Budget = new GatheringBudget(Mock.Of<IResponseCache>(cache => cache.GatheringBytes == gatheringBytes));
        Shared = Upstream.Start();
    }

    public UpstreamStub Upstream { get; } = new();

    public GatheringBudget Budget { get; }

    public SharedConversation Shared { get; }

    public List<ConversationAnswer> Kept { get; } = [];

    public bool HasGatheringEnded { get; private set; }

    public void Gather() => Shared.Gather(new Gathering(
        Budget,
        answer =>
        {
            Kept.Add(answer);
            return ValueTask.CompletedTask;
        },
        ended: () => HasGatheringEnded = true));

    public LiveConversation Join(CancellationToken cancellationToken = default) => Shared.TryJoin(cancellationToken)!;

    public static async Task<string> ReadTextAsync(LiveConversation reader)
    {
        var text = "";
        while (await reader.MoveNextAsync().AsTask().WaitAsync(LongestWait))
        {
            text += reader.Current.Content;
        }

        return text;
    }
}
