using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Cluster;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Scheduling;
using LlamaGate.Infrastructure.Scheduling.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LlamaGate.Infrastructure.Tests.Scheduling.Cluster;

/// <summary>One gateway of a <see cref="DeskBed"/>. Its way to the scheduler can be broken.</summary>
internal sealed class TestReplica : IDesk, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly DeskBed _bed;
    private readonly string _name;
    private readonly OllamaHosts _hosts;
    private readonly Mock<ICallerDirectory> _callers = new();
    private Task? _poll;
    private int _answering;
    private long _polledAt;

    private TestReplica(DeskBed bed, string name, SchedulerOptions options)
    {
        (_bed, _name) = (bed, name);
        var ollama = new OllamaOptions { Hosts = new HostList([Gpu], isShared: true), Timeout = TimeSpan.FromSeconds(20) };
        _hosts = new OllamaHosts(ollama, _ => new HttpMessageInvoker(new OneModel()), bed.Clock, new HostLog(bed.Clock, NullLogger<HostLog>.Instance));
        _callers.Setup(callers => callers.IsInForce(It.IsAny<Caller>())).Returns(() => !KeyIsRemoved);
        var (blobs, comparison) = (new SharedBlobs(), new HostComparison(bed.Clock, NullLogger<HostComparison>.Instance));
        Scheduler = new ClusterScheduler(
            new ClusterLink(this, bed.Clock, NullLogger<ClusterLink>.Instance), options, ollama, _hosts, blobs, _callers.Object,
            Mock.Of<IHostEvents>(), comparison, bed.Clock);
        Hosts = new ClusterHosts(
            new NoGrains(), Scheduler, comparison, _hosts, new KnownModels(_hosts, blobs, bed.Clock), options, bed.Clock);
    }

    public ClusterScheduler Scheduler { get; }

    /// <summary>As administrators see them at this gateway.</summary>
    public ISharedHosts Hosts { get; }

    public bool KeyIsRemoved { get; private set; }

    /// <summary>Nothing reaches the scheduler.</summary>
    public bool IsCut { get; set; }

    /// <summary>What is sent arrives, but this number of answers is lost.</summary>
    public int LostAnswers { get; set; }

    public int Messages { get; private set; }

    public int Joins { get; private set; }

    /// <summary>Calls of which the scheduler knows that they have begun to answer.</summary>
    public int Answering => Volatile.Read(ref _answering);

    /// <summary>Whether it waits for decisions, in a poll that is not over yet.</summary>
    public bool Polls => Volatile.Read(ref _poll) is { IsCompleted: false }
        && _bed.Clock.GetElapsedTime(Volatile.Read(ref _polledAt)) < SchedulerDesk.LongPoll;

    public bool IsDrained => _hosts.All[0].Host.IsDrained;

    private static OllamaHostOptions Gpu { get; } = new() { Name = "gpu1", Address = new Uri("http://gpu1:1"), DisplayAddress = "gpu1" };

    public static async Task<TestReplica> StartAsync(DeskBed bed, string name, SchedulerOptions options)
    {
        var replica = new TestReplica(bed, name, options);
        replica._hosts.Start();
        await replica._hosts.WhenProbedAsync(CancellationToken.None).WaitAsync(LongestWait);
        replica.Scheduler.Start();
        using var limit = new CancellationTokenSource(LongestWait);
        while (!replica.Polls)
        {
            limit.Token.ThrowIfCancellationRequested();
            await DeskBed.TurnAsync();
        }

        return replica;
    }

    /// <summary>A call that may have to wait.</summary>
    public Task<ISlotLease?> AcquireAsync(string key = "ann", CancellationToken cancellationToken = default) => Scheduler.AcquireAsync(
        new UpstreamCall(UpstreamEndpoint.Chat, new RequestContext($"r-{key}", new Caller(key, new CallerPolicy(1000)))) { Model = "m" },
        cancellationToken).AsTask();

    /// <summary>A call that has its slot.</summary>
    public async Task<ISlotLease> LeaseAsync(string key = "ann") =>
        await AcquireAsync(key).WaitAsync(LongestWait) ?? throw new InvalidOperationException("The model is known.");

    public void RemoveKey()
    {
        KeyIsRemoved = true;
        _callers.Raise(callers => callers.Changed += null, EventArgs.Empty);
    }

    public ValueTask<Guid> JoinAsync()
    {
        var session = Through(() => _bed.Desk.Join(_name));
        Joins++;
        return new(session);
    }

    public ValueTask<SessionReply> SendAsync(SessionEvents events)
    {
        Messages++;
        var reply = Through(() => _bed.Desk.Send(events));
        Interlocked.Add(ref _answering, events.Events.Count(static one => one.Kind is ReplicaEventKind.FirstToken));
        return LostAnswers-- > 0 ? throw new TimeoutException() : new(reply);
    }

    public async ValueTask<SessionReply> PollAsync(SessionPoll poll)
    {
        Volatile.Write(ref _polledAt, _bed.Clock.GetTimestamp());
        var polling = Through(() => _bed.Desk.PollAsync(poll).AsTask());
        Volatile.Write(ref _poll, polling);
        var reply = await polling;
        return Through(() => reply);
    }

    public void Dispose()
    {
        Scheduler.Dispose();
        _hosts.Dispose();
    }

    private TResult Through<TResult>(Func<TResult> call) => IsCut ? throw new TimeoutException() : call();

    /// <summary>The scheduler of the cluster is reached in another way here, and not for administrators.</summary>
    private sealed class NoGrains : IClusterGrains
    {
        public SiloGrains? Current => null;

        public Task<SiloGrains> WaitAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class OneModel : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage
            {
                Content = new StringContent(request.RequestUri!.AbsolutePath switch // Each request has one.
                {
                    "/api/tags" => """{"models":[{"name":"m:latest","modified_at":"2026-01-01T00:00:00Z","digest":"one","size":1}]}""",
                    "/api/version" => """{"version":"1"}""",
                    _ => """{"models":[]}""",
                }),
            });
    }
}
