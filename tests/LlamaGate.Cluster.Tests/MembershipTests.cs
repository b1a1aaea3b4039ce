using System.Diagnostics;
using System.Net;
using System.Text;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Cluster.Tests;

/// <summary>How gateways join and leave, and what they notice of each other's end.</summary>
public sealed class MembershipTests
{
    /// <summary>Three seconds, and time for the log of a busy machine.</summary>
    private static readonly TimeSpan DeathBound = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Gateways_JoinAndLeave_KnowEachOther()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        using var first = await ClusteredGateway.JoinAsync(redis, members: 1);
        using var second = await ClusteredGateway.JoinAsync(redis, members: 2);
        await first.WaitForMembersAsync(2);
        foreach (var gateway in new[] { first, second })
        {
            var (status, body) = await gateway.ReadyAsync();
            var cluster = body.GetProperty("cluster");
            Assert.Equal((HttpStatusCode.OK, "ready"), (status, body.GetProperty("status").GetString()));
            Assert.Equal((2, true), (cluster.GetProperty("members").GetInt32(), cluster.GetProperty("redis_up").GetBoolean()));
        }

        await second.Run.SignalAsync("TERM");
        await first.WaitForMembersAsync(1);
        var (exit, output, error) = await second.Run.EndAsync();
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("has left the cluster", output, StringComparison.Ordinal);
        Assert.DoesNotContain(RedisServer.Password, output, StringComparison.Ordinal);
    }

    /// <summary>Orleans would listen on the port of the first, take its place, and declare it dead.</summary>
    [Fact]
    public async Task Gateway_WithTheAddressOfAMember_WaitsAndHarmsNobody()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var address = ("CLUSTER_ADDRESS", "127.0.0.1:" + GatewayRun.FreePort());
        using var redis = await RedisServer.StartAsync();
        using var first = await ClusteredGateway.JoinAsync(redis, members: 1, address);
        using (var second = ClusteredGateway.Start(redis, address))
        {
            await second.Run.WaitForLineAsync($"at {address.Item2}, and tries again: another program listens there");
            var (status, body) = await second.ReadyAsync();
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "joining"), (status, body.GetProperty("status").GetString()));
        }

        using var third = await ClusteredGateway.JoinAsync(redis, members: 2);
        Assert.Equal(HttpStatusCode.OK, (await first.ReadyAsync()).Status);
        Assert.False(first.Run.HasEnded);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Gateway_Killed_IsMissedWithinSeconds(int members)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        var gateways = new List<ClusteredGateway>();
        try
        {
            for (var count = 1; count <= members; count++)
            {
                gateways.Add(await ClusteredGateway.JoinAsync(redis, count));
            }

            await gateways[0].WaitForMembersAsync(members);
            await gateways[^1].Run.SignalAsync("KILL");
            var since = Stopwatch.StartNew();
            await gateways[0].WaitForMembersAsync(members - 1);
            Assert.True(since.Elapsed < DeathBound, $"It took {since.Elapsed}.");
        }
        finally
        {
            gateways.ForEach(gateway => gateway.Dispose());
        }
    }

    /// <summary>The others took it for dead: it finishes its work and ends, so that a supervisor starts it again.</summary>
    [Fact]
    public async Task Gateway_DeclaredDead_FinishesItsStreamAndExits1()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        await using var ollama = await EmulatedOllama.StartAsync(new EmulatorOptions { Models = [new EmulatedModel("plain:latest", ["completion"])] });
        var gate = new Gate();
        ollama.Enqueue(Scenario.Counts(3).PauseAt(1, gate), "/api/chat");
        var host = ("OLLAMA_HOST", ollama.Address.ToString());
        using var first = await ClusteredGateway.JoinAsync(redis, members: 1, host);
        using var second = await ClusteredGateway.JoinAsync(redis, members: 2, host);
        await first.WaitForMembersAsync(2);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(ChatBody.HiStreamed, Encoding.UTF8, "application/json"),
        };
        using var response = await second.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var stream = await EventStream.OfAsync(response);
        await second.Run.SignalAsync("STOP");
        await first.WaitForMembersAsync(1);
        await second.Run.SignalAsync("CONT");
        await second.Run.WaitForLineAsync("have declared this one dead");
        await second.Run.WaitForLineAsync("Requests still running: 1");
        gate.Release();
        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
        var (exit, output, error) = await second.Run.EndAsync();
        Assert.Equal((1, ""), (exit, error));
        Assert.Contains("LlamaGate has stopped", output, StringComparison.Ordinal);
    }
}
