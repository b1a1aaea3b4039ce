using System.Net;
using System.Net.Sockets;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public sealed class UpstreamCallsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public void Dispose() => _listener.Dispose();

    /// <summary>.NET reports this in its own way: it finds the connection lost before it has sent anything.</summary>
    [Fact]
    public async Task Start_OverAConnectionThatIsResetBeforeItIsUsed_IsUnreachableAndMaySucceedAtOnce()
    {
        _listener.Start();
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, ConnectCallback = ConnectAsync });
        var calls = new UpstreamCalls(
            http, new OllamaHost(MemoryUpstream.Options.Hosts.Current[0]), MemoryUpstream.Options, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<GatewayException>(() => calls.StartAsync(CallWithBody(), default).WaitAsync(Patience));

        Assert.Equal(GatewayError.UpstreamUnreachable, failure.Error);
        Assert.True(OllamaErrors.MaySucceedAtOnce(failure));
        Assert.False(OllamaErrors.IsRefused(failure));
    }

    /// <summary>An answer may stay open for minutes, and .NET keeps the request as long.</summary>
    [Fact]
    public async Task Start_WhenTheAnswerHasBegun_LetsGoOfTheBody()
    {
        var upstream = new MemoryUpstream { Answer = _ => MemoryUpstream.Json("{}") };

        using var answer = await upstream.Calls.StartAsync(CallWithBody(), default);

        Assert.Equal("{}", Assert.Single(upstream.Requests).Body);
        Assert.Null(upstream.LastRequest?.Content);
    }

    private static UpstreamCall CallWithBody() => new(UpstreamEndpoint.Chat, MemoryUpstream.Context) { Body = "{}"u8.ToArray() };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.LocalEndpoint, cancellationToken);
        using (var accepted = await _listener.AcceptSocketAsync(cancellationToken))
        {
            accepted.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        Assert.True(socket.Poll(Patience, SelectMode.SelectRead));
        return new NetworkStream(socket, ownsSocket: true);
    }
}
