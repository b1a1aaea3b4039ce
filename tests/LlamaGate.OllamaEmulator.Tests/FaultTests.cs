using System.Net.Sockets;
using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>Each accident is on the wire what its name says.</summary>
public sealed class FaultTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    [Fact]
    public async Task Reset_MidStream_FollowsTheLinesBeforeIt()
    {
        using var connection = await shared.Emulator.OpenChatAsync("emu:tokens-9_fail-reset_at-3");
        await connection.ReadHeadAsync();
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("\"done\":false", await connection.ReadChunkTextAsync(), StringComparison.Ordinal);
        }

        Assert.True(await connection.IsResetAsync());
    }

    [Theory]
    [InlineData("emu:fail-reset_at-0", null)]
    [InlineData("emu:fail-reset", false)]
    public async Task Reset_BeforeTheFirstByte_SendsNothing(string model, bool? stream)
    {
        using var connection = await shared.Emulator.OpenChatAsync(model, stream);

        var failure = await Assert.ThrowsAsync<IOException>(() => connection.ReadHeadAsync());

        Assert.Equal(
            SocketError.ConnectionReset, Assert.IsType<SocketException>(failure.InnerException).SocketErrorCode);
    }

    [Fact]
    public async Task SilentEnd_OfAStream_ClosesTheChunkedBodyWithoutDone()
    {
        var response = await shared.Emulator.ChatAsync("emu:tokens-4_fail-silent");

        Assert.Equal(4, response.Lines.Length);
        Assert.DoesNotContain("\"done\":true", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emu:tokens-4_fail-hang_at-2", 2)]
    [InlineData("emu:tokens-4_fail-hang", 4)]
    public async Task Hang_MidStream_StaysSilentUntilTheClientLeaves(string model, int lines)
    {
        await using var emulator = await EmulatedOllama.StartAsync();
        using var connection = await emulator.OpenChatAsync(model);
        await connection.ReadHeadAsync();
        for (var i = 0; i < lines; i++)
        {
            await connection.ReadChunkTextAsync();
        }

        var request = await emulator.NextRequestAsync(EmulatedClient.Patience);
        Assert.False(request.Completed.IsCompleted);
        connection.HangUp();

        await request.Aborted.WaitAsync(EmulatedClient.Patience);
        await request.Completed.WaitAsync(EmulatedClient.Patience);
    }

    [Theory]
    [InlineData("emu:fail-hang_at-0", true)]
    [InlineData("emu:fail-hang", false)]
    public async Task Hang_BeforeTheFirstByte_SendsNotEvenHeaders(string model, bool stream)
    {
        await using var emulator = await EmulatedOllama.StartAsync();
        using var connection = await emulator.OpenChatAsync(model, stream);
        var request = await emulator.NextRequestAsync(EmulatedClient.Patience);

        Assert.True(connection.IsSilent());
        connection.HangUp();

        await request.Aborted.WaitAsync(EmulatedClient.Patience);
    }

    [Fact]
    public async Task ErrorLine_AtTheFirstLine_BecomesAStatus()
    {
        var response = await shared.Emulator.ChatAsync("emu:fail-error_at-0");

        Assert.Equal(500, response.Status);
        Assert.Equal(Recording.Named("chat_nonstream_runner_killed").Body, response.Body);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task Split_OfEveryLine_KeepsTheBytesAndCutsThemThere(int size)
    {
        var response = await shared.Emulator.ChatAsync($"emu:tokens-3_split-{size}");

        Assert.Equal(4, response.Lines.Length);
        Assert.All(response.Chunks, chunk => Assert.InRange(chunk.Length, 1, size));
        Assert.All(response.Lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task Pack_OfLines_PutsThemIntoOneChunk()
    {
        var response = await shared.Emulator.ChatAsync("emu:tokens-6_pack-3");

        Assert.Equal([3, 3, 1], response.Chunks.Select(chunk => chunk.Count(c => c == '\n')));
    }

    [Fact]
    public async Task Garbage_MidStream_IsOneLineThatIsNoJson()
    {
        var response = await shared.Emulator.ChatAsync("emu:tokens-4_fail-garbage_at-2");

        Assert.Equal(6, response.Lines.Length);
        Assert.Equal("<html>this is not JSON", response.Lines[2]);
        Assert.Contains("\"done\":true", response.Lines[5], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LongLine_OfTenMegabytes_ArrivesWhole(bool stream)
    {
        var response = await shared.Emulator.ChatAsync("emu:line-10mb", stream);

        using var first = JsonDocument.Parse(response.Lines[0]);
        Assert.Equal(
            10 * 1024 * 1024, first.RootElement.GetProperty("message").GetProperty("content").GetString()?.Length);
    }

    [Fact]
    public async Task Flood_OfTokens_ArrivesWholeInFewChunks()
    {
        var response = await shared.Emulator.ChatAsync("emu:flood-10000");

        Assert.Equal(10_001, response.Lines.Length);
        Assert.Equal(157, response.Chunks.Count);
    }

    [Fact]
    public async Task Stop_OfTheEmulator_CutsAHangingAnswerOff()
    {
        var emulator = await EmulatedOllama.StartAsync();
        using var connection = await emulator.OpenChatAsync("emu:fail-hang_at-0");
        var request = await emulator.NextRequestAsync(EmulatedClient.Patience);

        await emulator.DisposeAsync().AsTask().WaitAsync(EmulatedClient.Patience);

        await request.Completed.WaitAsync(EmulatedClient.Patience);
        Assert.False(request.Aborted.IsCompleted);
    }
}
