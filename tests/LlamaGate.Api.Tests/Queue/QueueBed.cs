using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Conversations;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Queue;

/// <summary>A gateway with shared hosts whose calls wait in a queue that the test moves on.</summary>
internal sealed class QueueBed : IAsyncDisposable
{
    public const string Chat = "/v1/chat/completions";

    private readonly GatewayOverOllama _bed;

    private QueueBed(WatchedClock clock, GatewayOverOllama bed, QueuedCall[] calls) => (Clock, _bed, Calls) = (clock, bed, calls);

    public static UpstreamRoute Route { get; } = new("gpu1", TimeSpan.FromSeconds(2.1))
    {
        Position = 3,
        Loading = TimeSpan.FromSeconds(0.5),
        ContextLength = 8192,
    };

    public WatchedClock Clock { get; }

    public GatewayOverOllama Gateway => _bed;

    public IReadOnlyList<QueuedCall> Calls { get; }

    public QueuedCall Call => Calls[0];

    /// <param name="calls">The request's upstream calls in their order; one when none is named.</param>
    public static async Task<QueueBed> StartAsync(
        Func<GatewaySettings, GatewaySettings>? adjust = null, bool isShared = true, params QueuedCall[] calls)
    {
        var clock = new WatchedClock();
        calls = calls.Length > 0 ? calls : [new QueuedCall()];
        var bed = await GatewayOverOllama.StartAsync(adjust, builder => builder.Services
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(new HostSharing(isShared))
            .AddSingleton<IConversationClient>(new Client(calls)));
        return new QueueBed(clock, bed, calls);
    }

    /// <summary>Lets this time pass once a timer has been set to it.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await Clock.SetAsync(time);
        Clock.Advance(time);
    }

    /// <summary>Opens a stream that gets its headers after this time.</summary>
    public async Task<EventStream> OpenAfterAsync(TimeSpan time, string path = Chat, string body = ChatBody.HiStreamed)
    {
        var opening = Gateway.OpenAsync(path, body);
        await Call.Queued;
        await Clock.SetAsync(time);
        Assert.False(opening.IsCompleted);
        Clock.Advance(time);
        return await opening;
    }

    public ValueTask DisposeAsync() => _bed.DisposeAsync();

    private sealed class Client(QueuedCall[] calls) : IConversationClient
    {
        public IAsyncEnumerable<ConversationUpdate> StreamAsync(
            ConversationRequest request, int call, RequestContext context, CancellationToken cancellationToken) =>
            calls[call].RunAsync(context, cancellationToken);
    }
}
