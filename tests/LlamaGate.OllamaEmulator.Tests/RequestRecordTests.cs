using System.Text.Json;
using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>The emulator remembers what it was sent, in process and over HTTP.</summary>
public sealed class RequestRecordTests : IAsyncLifetime
{
    private readonly SharedEmulator _shared = new();

    private EmulatedOllama Emulator => _shared.Emulator;

    public Task InitializeAsync() => _shared.InitializeAsync();

    public Task DisposeAsync() => _shared.DisposeAsync();

    [Fact]
    public async Task Request_OnceAnswered_IsRecordedWholeAndCompleted()
    {
        var body = EmulatedClient.ChatBody("plain") + " é";
        await RawConnection.PostAsync(Emulator, "/api/chat", body, ("X-Test", "yes"));

        var request = await Emulator.NextRequestAsync(EmulatedClient.Patience);

        await request.Completed.WaitAsync(EmulatedClient.Patience);
        Assert.False(request.Aborted.IsCompleted);
        Assert.Equal(("POST", "/api/chat", body), (request.Method, request.Path, request.Body));
        Assert.Equal("yes", request.Headers["x-test"]);
        Assert.Same(request, Assert.Single(Emulator.Requests));
    }

    [Fact]
    public async Task Abort_ByTheClientMidStream_IsSeen()
    {
        using var connection = await Emulator.OpenChatAsync("emu:tokens-1000000000");
        await connection.ReadHeadAsync();
        await connection.ReadChunkTextAsync();
        var request = await Emulator.NextRequestAsync(EmulatedClient.Patience);
        Assert.False(request.Aborted.IsCompleted);

        connection.HangUp();

        await request.Aborted.WaitAsync(EmulatedClient.Patience);
        await request.Completed.WaitAsync(EmulatedClient.Patience);
    }

    [Fact]
    public async Task Reset_ByTheEmulator_IsNoAbortOfTheClient()
    {
        using var connection = await Emulator.OpenChatAsync("emu:fail-reset_at-0");
        Assert.True(await connection.IsResetAsync());

        var request = await Emulator.NextRequestAsync(EmulatedClient.Patience);
        await request.Completed.WaitAsync(EmulatedClient.Patience);
        Assert.False(request.Aborted.IsCompleted);
    }

    [Fact]
    public async Task NextRequest_GivesEachOnceInOrder_AndByPath()
    {
        await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version");
        await Emulator.ChatAsync("plain");
        await RawConnection.ExchangeAsync(Emulator, "GET", "/api/tags");

        Assert.Equal("/api/chat", (await Emulator.NextRequestAsync(EmulatedClient.Patience, "/api/chat")).Path);
        Assert.Equal("/api/version", (await Emulator.NextRequestAsync(EmulatedClient.Patience)).Path);
        Assert.Equal("/api/tags", (await Emulator.NextRequestAsync(EmulatedClient.Patience)).Path);
        var waited = await Emulator.WaitForRequestAsync(r => r.Path == "/api/version", EmulatedClient.Patience);
        Assert.Equal("/api/version", waited.Path);
    }

    [Fact]
    public async Task NextRequest_BeforeItComes_Waits()
    {
        var coming = Emulator.NextRequestAsync(EmulatedClient.Patience);
        await Emulator.ChatAsync("plain");

        Assert.Equal("/api/chat", (await coming).Path);
    }

    [Fact]
    public async Task WaitForRequest_ThatNeverComes_NamesWhatCame()
    {
        await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version");

        var timeout =
            await Assert.ThrowsAsync<TimeoutException>(() => Emulator.WaitForRequestAsync(_ => false, TimeSpan.Zero));

        Assert.Contains("GET /api/version", timeout.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_OfMoreThanItHolds_KeepsTheLast()
    {
        var log = new Requests.RequestLog();
        for (var i = 0; i < Requests.RequestLog.Capacity + 5; i++)
        {
            log.Add(
                new RecordedRequest("GET", $"/{i}", new Dictionary<string, string>(StringComparer.Ordinal), default));
        }

        Assert.Equal(Requests.RequestLog.Capacity, log.Snapshot().Count);
        Assert.Equal("/5", log.Snapshot()[0].Path);
    }

    [Fact]
    public async Task ControlEndpoint_ForRequests_ListsAndForgetsThem()
    {
        await Emulator.ChatAsync("plain");
        await Emulator.Requests[0].Completed.WaitAsync(EmulatedClient.Patience);

        var listed = await RawConnection.ExchangeAsync(
            Emulator, "GET", "/_emulator/requests", null, ("Connection", "close"));
        var deleted = await RawConnection.ExchangeAsync(Emulator, "DELETE", "/_emulator/requests");

        using var json = JsonDocument.Parse(listed.Body);
        var request = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("/api/chat", request.GetProperty("path").GetString());
        Assert.Equal(EmulatedClient.ChatBody("plain"), request.GetProperty("body").GetString());
        Assert.True(request.GetProperty("completed").GetBoolean());
        Assert.Equal(204, deleted.Status);
        Assert.Empty(Emulator.Requests);
    }

    [Fact]
    public async Task ControlEndpoint_ForHealth_FailsAndHeals()
    {
        await RawConnection.ExchangeAsync(Emulator, "PUT", "/_emulator/health/500");
        Assert.Equal(500, (await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version")).Status);

        await RawConnection.ExchangeAsync(Emulator, "PUT", "/_emulator/health/200");
        Assert.Equal(200, (await RawConnection.ExchangeAsync(Emulator, "GET", "/api/version")).Status);
    }
}
