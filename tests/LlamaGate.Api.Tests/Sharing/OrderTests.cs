using System.Text.Json;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>In which order calls and their parts get slots, and what needs none.</summary>
public sealed class OrderTests : IDisposable
{
    private readonly TemporaryKeys _keys = new(
        TemporaryKeys.Key("alice", "lg-alice-0123456789", "\"priority\":\"high\""),
        TemporaryKeys.Key("bob", "lg-bob-0123456789", "\"priority\":\"high\""));

    private static readonly (string, string) Alice = ("Authorization", "Bearer lg-alice-0123456789");
    private static readonly (string, string) Bob = ("Authorization", "Bearer lg-bob-0123456789");

    [Fact]
    public async Task Calls_OfDifferentPriorities_AreSentInTheirOrder()
    {
        await using var bed = await SharingBed.StartAsync(WithKeys());
        var held = await bed.HoldAsync(headers: Alice);
        var waiting = new List<Task<HttpAnswer>>();
        foreach (var priority in new[] { "low", "normal", "high" })
        {
            waiting.Add(bed.PostAsync(SharingBed.ChatPath, SharingBed.Chat(content: priority), Alice, ("X-LlamaGate-Priority", priority)));
            await bed.WaitingAsync(waiting.Count, Alice);
        }

        var flex = SharingBed.Chat(content: "flex", members: "\"max_tokens\":3,\"service_tier\":\"flex\"");
        waiting.Add(bed.PostAsync(SharingBed.ChatPath, flex, Alice));
        await bed.WaitingAsync(4, Alice);
        await held.ReleaseAsync();
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(["hi", "high", "normal", "low", "flex"], bed.Calls().Select(Content), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Embeddings_OfManyInputs_LetOthersInBetween()
    {
        await using var bed = await SharingBed.StartAsync(WithKeys());
        await EmbedAsync(bed, 1, Bob);
        var gate = new Gate();
        bed.Host.Enqueue(Scenario.Default.PauseAt(0, gate), "/api/embed");
        var many = EmbedAsync(bed, 100, Alice);
        await gate.Reached.WaitAsync(GatewayOverOllama.LongestWait);
        var one = EmbedAsync(bed, 1, Bob);
        await bed.WaitingAsync(1, Bob);
        gate.Release();
        Assert.Equal(100, (await many).Json.GetProperty("data").GetArrayLength());
        Assert.Single((await one).Json.GetProperty("data").EnumerateArray());
        var sizes = bed.Calls("/api/embed").Select(call => Inputs(call.Json())).ToArray();
        Assert.Equal([0, 1, 32, 1, 32, 32, 4], sizes);
        Assert.Equal(1, bed.Host.Runners.MaxInside("embed"));
    }

    [Fact]
    public async Task Choices_OfOneRequest_WaitForASlotEach()
    {
        await using var bed = await SharingBed.StartAsync();
        var held = await bed.HoldAsync();
        var choices = bed.PostAsync(SharingBed.ChatPath, SharingBed.Chat(members: "\"max_tokens\":3,\"n\":3"));
        await bed.WaitingAsync(3);
        await held.ReleaseAsync();
        Assert.Equal(3, (await choices).Json.GetProperty("choices").GetArrayLength());
        Assert.Equal(4, bed.Calls().Count);
        Assert.Equal(1, bed.Host.Runners.MaxInside("plain"));
    }

    [Fact]
    public async Task CachedAndJoinedAnswers_WhileTheSlotIsBusy_TakeNone()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Adjust = settings => settings with { CacheEnabled = true } });
        var known = SharingBed.Chat(content: "known");
        Assert.Equal(200, (await bed.PostAsync(SharingBed.ChatPath, known)).Status);
        var held = await bed.HoldAsync();
        Assert.Equal("hit", (await bed.PostAsync(SharingBed.ChatPath, known)).Headers["X-LlamaGate-Cache"]);

        var other = SharingBed.Chat(content: "other");
        var first = bed.PostAsync(SharingBed.ChatPath, other);
        await bed.WaitingAsync(1);
        var joined = bed.PostAsync(SharingBed.ChatPath, other);
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (bed.Gateway.Drain.Running < 3)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Single(await bed.QueueAsync(), call => call.GetProperty("state").GetString() == "waiting");
        await held.ReleaseAsync();
        Assert.Equal((await first).Json.GetProperty("choices").GetRawText(), (await joined).Json.GetProperty("choices").GetRawText());
        Assert.Equal(3, bed.Calls().Count);
    }

    public void Dispose() => _keys.Dispose();

    private static async Task<HttpAnswer> EmbedAsync(SharingBed bed, int inputs, (string, string) key)
    {
        var texts = JsonSerializer.Serialize(Enumerable.Range(0, inputs).Select(i => $"text {i}"));
        var answer = await bed.PostAsync("/v1/embeddings", $$"""{"model":"embed","input":{{texts}}}""", key);
        Assert.True(answer.Status == 200, answer.Body);
        return answer;
    }

    private static int Inputs(JsonElement body) =>
        body.GetProperty("input") is { ValueKind: JsonValueKind.Array } inputs ? inputs.GetArrayLength() : 1;

    private static string? Content(RecordedRequest call) => call.Json().GetProperty("messages")[0].GetProperty("content").GetString();

    private SharingSetup WithKeys() => new() { Adjust = settings => settings with { KeysFile = _keys.Path } };
}
