using System.Text;
using System.Text.Json;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Scenarios;

namespace LlamaGate.Bench.Tests;

/// <summary>What is sent is as long as the table says, and JSON.</summary>
public sealed class ChatBodiesTests
{
    [Fact]
    public void Text_FilledUp_HasTheLength()
    {
        var body = ChatBodies.Text("bench:plain-20", 200);

        Assert.Equal(200, body.Length);
        Assert.Equal("bench:plain-20", JsonDocument.Parse(body).RootElement.GetProperty("model").GetString());
    }

    [Fact]
    public void History_OfManyTurns_IsAboutAsLong()
    {
        var body = ChatBodies.History("m", 8000);

        Assert.InRange(body.Length, 8000, 8600);
        Assert.InRange(JsonDocument.Parse(body).RootElement.GetProperty("messages").GetArrayLength(), 10, 30);
    }

    [Fact]
    public void All_ThatMustBeDistinct_HaveOnePlaceForTheNumber()
    {
        byte[][] bodies =
        [
            ChatBodies.Text("m", 200), ChatBodies.Text("m", 200, stream: true), ChatBodies.History("m", 8000),
            ChatBodies.Image("m", 3000, openAI: false), ChatBodies.Image("m", 3000, openAI: true),
            ChatBodies.Agent("m", 60_000, tools: 30), .. Enum.GetValues<Dialect>().Select(dialect => ChatBodies.Flood("m", dialect)),
        ];

        Assert.All(bodies, body => Assert.Equal(2, Encoding.ASCII.GetString(body).Split(RequestNumbers.Placeholder).Length));
    }

    [Fact]
    public void Agent_WithTools_HasTheLength()
    {
        var body = ChatBodies.Agent("m", 60_000, tools: 30);

        Assert.InRange(body.Length, 60_000, 61_000);
        Assert.Equal(30, JsonDocument.Parse(body).RootElement.GetProperty("tools").GetArrayLength());
    }

    [Fact]
    public void Repeated_ForCachedHits_HasNone()
    {
        var body = Encoding.ASCII.GetString(ChatBodies.Repeated("m", 200));

        Assert.Equal(200, body.Length);
        Assert.DoesNotContain("#", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Image_InBothDialects_IsTheSamePicture()
    {
        var native = JsonDocument.Parse(ChatBodies.Image("m", 3000, openAI: false)).RootElement.GetProperty("messages")[0];
        var openAI = JsonDocument.Parse(ChatBodies.Image("m", 3000, openAI: true)).RootElement.GetProperty("messages")[0];

        Assert.Equal(
            "data:image/png;base64," + native.GetProperty("images")[0].GetString(),
            openAI.GetProperty("content")[1].GetProperty("image_url").GetProperty("url").GetString());
    }
}
