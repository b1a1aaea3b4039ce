using LlamaGate.Infrastructure.Scheduling.Cluster;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>How a gateway keeps in touch with the scheduler of the cluster.</summary>
public sealed class ClusterLinkTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Events_ThatCannotBeSent_AreReplacedByANewAnnouncement()
    {
        var desk = new SilentDesk();
        var user = new CountingUser();
        using var link = new ClusterLink(desk, TimeProvider.System, NullLogger<ClusterLink>.Instance);
        link.Start(user);
        await user.Announced.WaitAsync(LongestWait);

        for (var i = 0; i < 20_000; i++)
        {
            lock (link.Gate)
            {
                link.Post(new ReplicaEvent { Kind = ReplicaEventKind.Silent, Call = i });
            }
        }

        link.Push();
        Assert.True(await user.Announced.WaitAsync(LongestWait));
    }

    /// <summary>It takes gateways in, and then answers nothing.</summary>
    private sealed class SilentDesk : IDesk
    {
        public ValueTask<Guid> JoinAsync() => new(Guid.NewGuid());

        public ValueTask<SessionReply> SendAsync(SessionEvents events) => throw new TimeoutException();

        public async ValueTask<SessionReply> PollAsync(SessionPoll poll)
        {
            await Task.Delay(Timeout.Infinite);
            throw new TimeoutException();
        }
    }

    private sealed class CountingUser : IClusterLinkUser
    {
        public SemaphoreSlim Announced { get; } = new(0);

        public IEnumerable<ReplicaEvent> Announce()
        {
            Announced.Release();
            return [new ReplicaEvent { Kind = ReplicaEventKind.Announced }];
        }

        public void CarryOut(ReplicaDecision decision)
        {
        }

        public void NoteRoom(bool isTight)
        {
        }

        public void Take(SessionNews news)
        {
        }
    }
}
