using System.Net;
using System.Net.Sockets;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.Api.Tests.Lifetime;

public class DrainTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Stop_WithARunningRequest_LetsItFinishAndRefusesNewConnections()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var running = gateway.Client.GetAsync("/v1/exchange/hold");
        await gateway.Gate.Entered;
        Assert.Equal(1, gateway.Drain.Running);

        var stopping = gateway.StopAsync();
        Assert.True(gateway.Drain.IsDraining);
        await AssertRefusedAsync(gateway.EndPoint);
        Assert.False(stopping.IsCompleted);

        gateway.Gate.Release();
        using var answer = await running;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await stopping.WaitAsync(LongestWait);
        Assert.Equal(0, gateway.Drain.Running);
        Assert.False(gateway.Drain.Deadline.IsCancellationRequested);
    }

    [Fact]
    public async Task Readyz_WhileDraining_Is503AndLivezStays200()
    {
        var hold = new HoldStop();
        await using var gateway = await RunningGateway.StartAsync(
            configure: builder => builder.Services.AddSingleton<IHostedService>(hold));
        Assert.Equal("""200 {"status":"ready"}""", await GetAsync(gateway, "/readyz"));

        gateway.BeginStop();
        var stopping = gateway.StopAsync();
        await hold.Entered;
        Assert.Equal("""503 {"status":"draining"}""", await GetAsync(gateway, "/readyz"));
        Assert.Equal("""200 {"status":"alive"}""", await GetAsync(gateway, "/livez"));

        hold.Release();
        await stopping.WaitAsync(LongestWait);
    }

    [Fact]
    public async Task Deadline_OverWithARunningRequest_EndsItWith503()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { ShutdownTimeout = TimeSpan.FromSeconds(7) });
        var running = gateway.Client.GetAsync("/v1/exchange/hold");
        await gateway.Gate.Entered;

        var stopping = gateway.StopAsync();
        gateway.Clock.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
        Assert.False(gateway.Drain.Deadline.IsCancellationRequested);
        gateway.Clock.Advance(TimeSpan.FromTicks(1));
        using var answer = await running.WaitAsync(LongestWait);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(
            """{"error":{"message":"The gateway is shutting down. Try again shortly.","type":"server_error","param":null,"code":"shutting_down"}}""",
            await answer.Content.ReadAsStringAsync());
        await stopping.WaitAsync(LongestWait);
    }

    [Fact]
    public async Task Deadline_OfZero_EndsRunningRequestsAtOnce()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new GatewaySettings { ShutdownTimeout = TimeSpan.Zero });
        var running = gateway.Client.GetAsync("/v1/exchange/hold");
        await gateway.Gate.Entered;
        await gateway.StopAsync().WaitAsync(LongestWait);
        using var answer = await running;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private static async Task<string> GetAsync(RunningGateway gateway, string path)
    {
        using var answer = await gateway.Client.GetAsync(path);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    /// <summary>The listener closes a moment after the drain began; from then on a connection is refused.</summary>
    private static async Task AssertRefusedAsync(IPEndPoint endPoint)
    {
        using var giveUp = new CancellationTokenSource(LongestWait);
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(endPoint, giveUp.Token);
            }
            catch (SocketException exception)
            {
                Assert.Equal(SocketError.ConnectionRefused, exception.SocketErrorCode);
                return;
            }
        }
    }
}
