using System.Net;
using System.Net.Sockets;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Health;
using LlamaGate.Api.Tests.CommandLine.Connections;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.CommandLine.Health;

public sealed class HealthCheckTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _clock = new();
    private readonly HttpClient _http = CommandHttp.Create();

    [Fact]
    public async Task FindFault_RunningGateway_FindsNone()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Null(await AskAsync(bed.Client.BaseAddress!));
        Assert.Null(await AskAsync(bed.Client.BaseAddress!, upstream: true));
    }

    [Fact]
    public async Task FindFault_OllamaAway_IsOneOnlyWhenAskedFor()
    {
        await using var gateway = await RunningGateway.StartAsync(new() { OllamaHost = await FreeAddressAsync() });
        var root = gateway.Client.BaseAddress!;
        Assert.Null(await AskAsync(root));
        Assert.Equal($"{root}health answered 503: Ollama unreachable", await AskAsync(root, upstream: true));
    }

    [Theory]
    [InlineData(503, """{"status":"draining"}""", "draining")]
    [InlineData(200, """{"status":"draining"}""", "draining")]
    [InlineData(404, """{"status":"ready"}""", "ready")]
    [InlineData(200, "<html>", "this is not an answer from LlamaGate")]
    [InlineData(200, "", "this is not an answer from LlamaGate")]
    [InlineData(200, "[]", "this is not an answer from LlamaGate")]
    [InlineData(302, "{}", "this is not an answer from LlamaGate")]
    public async Task FindFault_AnswerThatIsNotReady_TellsIt(int status, string body, string reason)
    {
        await using var server = ScriptedServer.Answering(status, body);
        Assert.Equal($"{server.Root}readyz answered {status}: {reason}", await AskAsync(server.Root));
    }

    [Fact]
    public async Task FindFault_SilentServer_EndsAtTheLimit()
    {
        await using var server = ScriptedServer.Silent();
        var asking = AskAsync(server.Root);
        await server.FirstRequest;
        _clock.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(asking.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal($"{server.Root}readyz did not answer within 3s", await asking);
    }

    [Fact]
    public async Task FindFault_RootWithAPath_AsksBelowIt()
    {
        await using var server = ScriptedServer.Answering(200, """{"status":"ready"}""");
        Assert.Null(await AskAsync(new Uri(server.Root, "/llm")));
        Assert.StartsWith("GET /llm/readyz HTTP/1.1\r\n", await server.FirstRequest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindFault_NothingListens_SaysRefused()
    {
        var root = await FreeAddressAsync();
        Assert.Equal(
            $"no answer from {root}readyz: the connection was refused, nothing listens there", await AskAsync(root));
    }

    [Fact]
    public async Task FindFault_UnknownName_SaysSo() => Assert.Equal(
        "no answer from http://no-such-host.invalid/readyz: the host name has no address",
        await AskAsync(new Uri("http://no-such-host.invalid")));

    [Fact]
    public async Task FindFault_NoTlsThere_SaysSo()
    {
        await using var server = ScriptedServer.Answering("I speak no TLS at all, not a word of it.\r\n");
        var root = new Uri($"https://127.0.0.1:{server.Root.Port}");
        Assert.StartsWith(
            $"no answer from {root}readyz: the TLS handshake failed", await AskAsync(root), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+OK this is no HTTP\r\n\r\n", "the server there does not speak HTTP")]
    [InlineData("", "the connection broke off")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "the connection broke off")]
    public async Task FindFault_NoWholeAnswer_SaysWhy(string response, string reason)
    {
        await using var server = ScriptedServer.Answering(response);
        Assert.Equal($"no answer from {server.Root}readyz: {reason}", await AskAsync(server.Root));
    }

    [Fact]
    public async Task FindFault_CallerLeaves_IsNoFinding()
    {
        await using var server = ScriptedServer.Silent();
        using var leave = new CancellationTokenSource();
        var asking = new HealthCheck(_http, _clock).FindFaultAsync(server.Root, upstream: false, Limit, leave.Token);
        await server.FirstRequest;
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string?> AskAsync(Uri root, bool upstream = false) =>
        await new HealthCheck(_http, _clock).FindFaultAsync(root, upstream, Limit, CancellationToken.None)
            .WaitAsync(GatewayOverOllama.LongestWait);

    private static async Task<Uri> FreeAddressAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await Task.Yield();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
