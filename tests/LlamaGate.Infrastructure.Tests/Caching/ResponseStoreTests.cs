using System.Text.Json;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Infrastructure.Caching;

namespace LlamaGate.Infrastructure.Tests.Caching;

public class ResponseStoreTests
{
    private const string Owner = "key default";

    [Fact]
    public void Find_OfWhatWasKept_IsItForItsOwnerAlone()
    {
        using var store = Store();
        store.Keep(Owner, Response("resp_1", "msg_1"));
        Assert.Equal("resp_1", store.Find(Owner, "resp_1")?.Response.Id);
        Assert.Equal("resp_1", store.FindByItem(Owner, "msg_1")?.Response.Id);
        Assert.Null(store.Find(Owner, "msg_1"));
        Assert.Null(store.FindByItem(Owner, "resp_1"));
        Assert.Null(store.Find("127.0.0.1", "resp_1"));
        Assert.Null(store.FindByItem("127.0.0.1", "msg_1"));
    }

    [Fact]
    public void Forget_OfAResponse_ForgetsItsItems()
    {
        using var store = Store();
        store.Keep(Owner, Response("resp_1", "msg_1"));
        Assert.False(store.Forget("127.0.0.1", "resp_1"));
        Assert.True(store.Forget(Owner, "resp_1"));
        Assert.False(store.Forget(Owner, "resp_1"));
        Assert.Null(store.FindByItem(Owner, "msg_1"));
    }

    [Fact]
    public void Keep_OfMoreThanThereIsRoomFor_FindsTheNewest()
    {
        using var store = Store(mostBytes: 100_000);
        var kept = 0;
        for (var i = 0; i < 100; i++)
        {
            store.Keep(Owner, Response($"resp_{i}", $"msg_{i}", new string('x', 2000)));
            Assert.NotNull(store.FindByItem(Owner, $"msg_{i}"));
        }

        for (var i = 0; i < 100; i++)
        {
            kept += store.Find(Owner, $"resp_{i}") is null ? 0 : 1;
        }

        // Each is some 6.5 kB: its text as UTF-16, and what stands around it.
        Assert.InRange(kept, 5, 16);
    }

    [Fact]
    public void Keep_OfAFewLargeOnes_DropsTheOldest()
    {
        using var store = Store(mostBytes: 100_000);
        for (var i = 0; i < 5; i++)
        {
            store.Keep(Owner, Response($"resp_{i}", $"msg_{i}", new string('x', 20_000)));
            Assert.NotNull(store.FindByItem(Owner, $"msg_{i}"));
        }

        Assert.Null(store.Find(Owner, "resp_0"));
    }

    [Fact]
    public void Keep_OfOneThatIsLargerThanTheStore_LeavesTheOthers()
    {
        using var store = Store(mostBytes: 100_000);
        store.Keep(Owner, Response("resp_1", "msg_1"));
        store.Keep(Owner, Response("resp_2", "msg_2", new string('x', 60_000)));
        Assert.Null(store.Find(Owner, "resp_2"));
        Assert.Null(store.FindByItem(Owner, "msg_2"));
        Assert.NotNull(store.Find(Owner, "resp_1"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void IsEnabled_WithoutBytes_IsFalse(long mostBytes, bool isEnabled)
    {
        using var store = Store(mostBytes);
        Assert.Equal(isEnabled, store.IsEnabled);
    }

    private static ResponseStore Store(long mostBytes = 1_000_000) =>
        new(new ResponseStoreOptions { MaxBytes = mostBytes }, TimeProvider.System);

    private static StoredResponse Response(string id, string itemId, string text = "a")
    {
        var json = "{\"type\":\"output_text\",\"text\":\"" + text + "\"}";
        var part = JsonSerializer.Deserialize(json, ResponsesJsonContext.Instance.ResponseOutputPart)!;
        return new StoredResponse(
            new ResponseObject
            {
                Id = id,
                CreatedAt = 0,
                Status = ResponseObject.Completed,
                Model = "m",
                Output = [new ResponseOutputMessage { Id = itemId, Status = ResponseObject.Completed, Content = [part] }],
                ParallelToolCalls = true,
                Reasoning = new ResponseReasoningSettings(),
                Text = new ResponseTextParam(),
                ToolChoice = new ResponseToolChoice(ToolChoice.Auto),
                Tools = [],
                Metadata = JsonElement.Parse("{}"),
            },
            []);
    }
}
