using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Health;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Scheduling.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>What gateways say to each other arrives as it was sent.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Call_RoundTrip_IsTheSameSpec()
    {
        var principal = new Principal("k/u", "k") { User = "u", Weight = 2, Priority = KeyPriority.High, MaxRunning = 3, MaxWaiting = 4 };
        var spec = new CallSpec(principal, "digest")
        {
            IsEmbedding = true,
            Priority = KeyPriority.Low,
            TextBytes = 5,
            Images = 6,
            MaxTokens = 7,
            Context = 8,
            Prefix = 9,
            TeachesSlots = false,
            BodyBytes = 10,
        };

        var arrived = RoundTrip(CallMessage.Of(spec, "m", "r", TimeSpan.FromSeconds(11)));
        Assert.Equal(("m", "r"), (arrived.Model, arrived.RequestId));
        Assert.Equal(
            spec with { Tag = this, ArrivedAt = TimeSpan.FromSeconds(19) },
            arrived.ToSpec(TimeSpan.FromSeconds(30), "digest", ModelRule.None, this));
    }

    [Fact]
    public void Events_RoundTrip_AreTheSame()
    {
        var end = new CallEnd { PromptTokens = 1, CompletionTokens = 2, PromptSeconds = 3, EvalSeconds = 4, LoadSeconds = 5 };
        var history = new HistoryMessage
        {
            Host = "a",
            Cost = 1,
            Waited = TimeSpan.FromSeconds(2),
            Running = TimeSpan.FromSeconds(3),
            HasToken = true,
            IsTrial = true,
            Position = 4,
            Attempts = 5,
            Barred = ["b"],
        };
        var learned = new LearnedFigures("m")
        {
            TokensPerByte = 1,
            CompletionTokens = 2,
            PromptSecondsPerToken = 3,
            EvalSecondsPerToken = 4,
            Hosts = [new LearnedHost("a", LoadSeconds: 5, Slots: 6)],
        };
        var sent = new SessionEvents
        {
            Session = Guid.NewGuid(),
            First = 7,
            Acknowledged = 8,
            Events =
            [
                new ReplicaEvent { Kind = ReplicaEventKind.End, Call = 1, End = EndMessage.Of(end, hasLoaded: true) },
                new ReplicaEvent { Kind = ReplicaEventKind.Adopt, Call = 2, History = history },
                new ReplicaEvent { Kind = ReplicaEventKind.Tokens, Call = 3, Tokens = 64, Flag = true },
                new ReplicaEvent { Kind = ReplicaEventKind.Learned, Learned = LearnedMessage.Of(learned) },
            ],
        };

        var got = RoundTrip(sent);
        Assert.Equal((sent.Session, 7, 8, 4), (got.Session, got.First, got.Acknowledged, got.Events.Length));
        Assert.Equal((end, true), (got.Events[0].End!.ToEnd(), got.Events[0].End!.HasLoaded));
        Assert.Equivalent(history.ToHistory(), got.Events[1].History!.ToHistory(), strict: true);
        Assert.Equal(sent.Events[2], got.Events[2]);
        Assert.Equivalent(learned, got.Events[3].Learned!.ToFigures(), strict: true);
    }

    [Fact]
    public void Reply_RoundTrip_IsTheSame()
    {
        var cause = new GatewayException(GatewayError.UpstreamError, "no memory")
        {
            Field = RequestField.Model,
            RetryAfter = TimeSpan.FromSeconds(1),
            FailsAgain = true,
            UpstreamStatus = 500,
            LogDetail = "status 500",
        };
        var sent = new SessionReply
        {
            First = 3,
            IsTight = true,
            Decisions = [new ReplicaDecision { Kind = ReplicaDecisionKind.Refused, Call = 1, Reason = RefusalReason.LoadFailed, Cause = FailureMessage.Of(cause) }],
            News = new SessionNews
            {
                HasWaiting = true,
                Drained = ["a"],
                Places = [new PlaceMessage { Call = 1, Position = 2, Eta = TimeSpan.FromSeconds(3), LoadingAt = "b" }],
            },
        };

        var got = RoundTrip(sent);
        Assert.Equal((3, RefusalReason.LoadFailed), (got.First, Assert.Single(got.Decisions).Reason));
        Assert.Equivalent(FailureMessage.Of(cause), FailureMessage.Of(got.Decisions[0].Cause!.ToException()), strict: true);
        Assert.Equal(sent.News.Places[0], Assert.Single(got.News!.Places));
        Assert.Equal((true, true, "a"), (got.IsTight, got.News.HasWaiting, Assert.Single(got.News.Drained)));
    }

    [Fact]
    public void State_AsJson_IsTheSame()
    {
        var entry = new QueueEntry("c1", "m", QueueState.Loading) { Position = 2, Eta = TimeSpan.FromSeconds(3), Waited = TimeSpan.FromSeconds(4), Host = "a", RequestId = "r" };
        var call = new SharedCallState(entry, "k") { User = "u", Priority = KeyPriority.High, Running = TimeSpan.FromSeconds(5) };
        var status = new HostStatus
        {
            Name = "a",
            Address = "http://a",
            State = "up",
            Version = "1",
            Models = 1,
            Running = 2,
            Loaded = ["m"],
            Foreign = new ForeignUse("m", DateTimeOffset.UnixEpoch),
        };
        var state = new SharedHostsState
        {
            Hosts =
            [
                new SharedHostState(status)
                {
                    IsDraining = true,
                    VideoMemory = 1,
                    Available = ["m"],
                    Runners = [new SharedRunnerState("m") { Context = 1, Slots = 2, Busy = 1, IsOpen = true, Expires = DateTimeOffset.UnixEpoch, Calls = [call] }],
                    Load = new SharedLoadState("m", "first", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), IsStuck: true),
                },
            ],
            Queue = [call],
            Waiting = 1,
            QueueMax = 2,
            WaitingBytes = 3,
            QueueMaxBytes = 4,
            Loads = [new ModelLoad(DateTimeOffset.UnixEpoch, "a", "m", "first") { IsLoaded = true, Evicted = ["n"] }],
            Conflicts = [new ModelConflict("m", "a", ["b"])],
        };

        Assert.Equivalent(state, ClusterJson.ReadState(ClusterJson.Write(state)), strict: true);
        Assert.Equal([entry], ClusterJson.ReadEntries(ClusterJson.Write([entry])));
    }

    private TMessage RoundTrip<TMessage>(TMessage message)
    {
        var serializer = _services.GetRequiredService<Serializer<TMessage>>();
        return serializer.Deserialize(serializer.SerializeToArray(message))!;
    }
}
