using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Sharing;

namespace LlamaGate.Api.Tests.Admin;

/// <summary>An administrator cancels calls.</summary>
public sealed class CancelTests
{
    [Fact]
    public async Task Cancel_OfACallThatWaits_EndsItWithoutReachingAHost()
    {
        await using var bed = await AdminBed.StartAsync();
        var held = await bed.Sharing.HoldAsync(headers: AdminBed.Anna);
        var waiting = bed.Sharing.ChatAsync(headers: AdminBed.Anna);
        await bed.Sharing.WaitingAsync(1, AdminBed.Anna);
        var id = (await bed.StatusAsync()).Json.GetProperty("queue").GetProperty("calls")[0].GetProperty("id").GetString();
        var answer = await bed.ChangeAsync($"calls/{id}/cancel");
        Assert.Equal((200, $$"""{"done":true,"message":"Call {{id}} is cancelled."}"""), (answer.Status, answer.Body));

        var cancelled = await waiting;
        Assert.Equal((503, "cancelled", "false"), (cancelled.Status, cancelled.ErrorCode, cancelled.Headers["x-should-retry"]));
        await held.ReleaseAsync();
        Assert.Single(bed.Sharing.Calls());
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true,"max_tokens":100000}""", "\"code\":\"cancelled\"")]
    [InlineData("/v1/messages", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true,"max_tokens":100000}""", "An administrator cancelled the call.")]
    [InlineData("/api/chat", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"options":{"num_predict":100000}}""", "An administrator cancelled the call.")]
    public async Task Cancel_OfAStream_EndsItWithAnErrorAndTheUpstreamCall(string path, string body, string error)
    {
        await using var bed = await AdminBed.StartAsync();
        // The headers show that the answer has begun.
        using var streaming = await bed.Sharing.SendAsync(
            path, body, HttpCompletionOption.ResponseHeadersRead, [AdminBed.Anna], CancellationToken.None);
        var id = await RunningAsync(bed);
        var upstream = Assert.Single(bed.Sharing.Calls());
        Assert.Equal(200, (await bed.ChangeAsync($"calls/{id}/cancel")).Status);

        var answer = await HttpAnswer.ReadAsync(streaming);
        Assert.Equal(200, answer.Status);
        Assert.Contains(error, answer.Body, StringComparison.Ordinal);
        await upstream.Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        Assert.Equal(200, (await bed.Sharing.ChatAsync(headers: AdminBed.Anna)).Status);
    }

    [Fact]
    public async Task Cancel_OfACallThatIsNotStreamed_AnswersItWith503()
    {
        await using var bed = await AdminBed.StartAsync();
        var plain = bed.Sharing.PostAsync(SharingBed.ChatPath, SharingBed.Chat(members: "\"max_tokens\":100000"), AdminBed.Anna);
        var id = await RunningAsync(bed);
        await bed.ChangeAsync($"calls/{id}/cancel");
        var answer = await plain;
        Assert.Equal((503, "cancelled"), (answer.Status, answer.ErrorCode));
        var again = await bed.ChangeAsync($"calls/{id}/cancel");
        Assert.Equal((404, "call_not_found"), (again.Status, again.ErrorCode));
    }

    private static async Task<string?> RunningAsync(AdminBed bed)
    {
        var status = await bed.StatusAsync(status =>
            status.Json.GetProperty("hosts")[0].GetProperty("models") is var models && models.GetArrayLength() == 1
            && models[0].GetProperty("running").GetArrayLength() == 1 && bed.Sharing.Calls().Count == 1);
        return status.Json.GetProperty("hosts")[0].GetProperty("models")[0].GetProperty("running")[0].GetProperty("id").GetString();
    }
}
