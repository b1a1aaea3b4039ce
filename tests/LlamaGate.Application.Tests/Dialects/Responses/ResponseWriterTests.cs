using System.Text;
using System.Text.Json;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.Responses;

public class ResponseWriterTests
{
    [Fact]
    public void Call_ThatTheLimitCut_IsIncomplete()
    {
        var response = Response(new AnswerChoice("", null, [new ToolCall("", "f", "{\"x\":")], null, FinishReason.Length));
        Assert.Equal("incomplete", response.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, response.GetProperty("completed_at").ValueKind);
        var call = Assert.Single(response.GetProperty("output").EnumerateArray());
        Assert.Equal("incomplete", call.GetProperty("status").GetString());
        Assert.StartsWith("call_", call.GetProperty("call_id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_GivenTwice_HasOtherIds()
    {
        var answer = new AnswerChoice("a", null, [], null, FinishReason.Stop);
        Assert.NotEqual(Ids(Response(answer)), Ids(Response(answer)));
    }

    [Fact]
    public void Logprobs_OfAThinkingAnswer_AreThoseOfItsText()
    {
        var response = Response(new AnswerChoice(
            "ab", "th", [], [new("th", -1, null, []), new("a", -2, null, []), new("b", -3, null, [])], FinishReason.Stop));
        var logprobs = response.GetProperty("output")[1].GetProperty("content")[0].GetProperty("logprobs");
        Assert.Equal(["a", "b"], logprobs.EnumerateArray().Select(l => l.GetProperty("token").GetString()), StringComparer.Ordinal);
    }

    internal static string Write(CreateResponseRequest request, AnswerChoice choice)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, ContractSerialization.WriterOptions))
        {
            var answer = new ConversationAnswer([choice], new TokenUsage(1, 2), null);
            new ResponseWriter(request, Histories.Of(request), TimeProvider.System).Write(json, answer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static JsonElement Response(AnswerChoice choice) =>
        JsonElement.Parse(Write(ResponseStreamWriterTests.Request(), choice));

    private static (string?, string?) Ids(JsonElement response) =>
        (response.GetProperty("id").GetString(), response.GetProperty("output")[0].GetProperty("id").GetString());
}
