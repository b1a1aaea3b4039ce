using System.Net.Sockets;
using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>A host that dies and comes back.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Stop_OfAHost_CutsStreamsOffAndRefusesConnections()
    {
        await using var ollama = await EmulatedOllama.StartAsync();
        using var stream = await ollama.OpenChatAsync("emu:tokens-5_fail-hang_at-1");
        await stream.ReadHeadAsync();
        await stream.ReadChunkTextAsync();

        await ollama.StopAsync().WaitAsync(EmulatedClient.Patience);

        Assert.True(await stream.IsResetAsync());
        var refused = await Assert.ThrowsAsync<SocketException>(() => RawConnection.OpenAsync(ollama));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
    }

    [Fact]
    public async Task Restart_AfterAStop_AnswersOnTheSamePortWithNoModelLoaded()
    {
        await using var ollama = await EmulatedOllama.StartAsync(new EmulatorOptions { Scheduling = Fast });
        var address = ollama.Address;
        await ollama.ChatAsync("plain", stream: false);
        Assert.Equal(["plain:latest"], ollama.Runners.Loaded, StringComparer.Ordinal);

        await ollama.StopAsync();
        await ollama.RestartAsync();

        Assert.Empty(ollama.Runners.Loaded);
        Assert.Equal(200, (await ollama.ChatAsync("plain", stream: false)).Status);
        Assert.Equal(address, ollama.Address);
        Assert.Equal(["plain:latest", "plain:latest"], ollama.Loads, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileCallsWait_LeavesNoneBehind()
    {
        await using var ollama = await EmulatedOllama.StartAsync(
            new EmulatorOptions { Scheduling = Fast with { LoadTime = TimeSpan.FromHours(1) } });
        using var one = await ollama.OpenChatAsync("plain");
        using var other = await ollama.OpenChatAsync("tiny");
        await ollama.Runners.WhenAsync(runners => runners.Pending == 2, EmulatedClient.Patience);

        await ollama.RestartAsync().WaitAsync(EmulatedClient.Patience);

        Assert.Equal(0, ollama.Runners.Pending);
        Assert.All(ollama.Requests, request => Assert.False(request.IsAnswered));
    }

    [Fact]
    public async Task Reset_OfConnections_SendsNotAByteUntilItIsOver()
    {
        await using var ollama = await EmulatedOllama.StartAsync();
        ollama.ResetsConnections = true;
        Assert.True(await IsResetAsync(ollama));
        Assert.Empty(ollama.Requests);

        ollama.ResetsConnections = false;
        Assert.Equal(200, (await ollama.ChatAsync("plain")).Status);
    }

    /// <summary>The reset can come before the client has noticed that it is connected.</summary>
    private static async Task<bool> IsResetAsync(EmulatedOllama ollama)
    {
        try
        {
            using var connection = await RawConnection.OpenAsync(ollama);
            return await connection.IsResetAsync();
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode is SocketError.ConnectionReset;
        }
    }

    private static SchedulingOptions Fast => new() { LoadTime = TimeSpan.Zero, TokenTime = TimeSpan.Zero };
}
