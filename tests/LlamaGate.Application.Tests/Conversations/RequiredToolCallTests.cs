using LlamaGate.Application.Conversations;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Conversations;

/// <summary>What a model writes where a call is enforced.</summary>
public class RequiredToolCallTests
{
    private static readonly ToolDefinition[] Tools = [new("f", null, null)];

    [Theory]
    [InlineData("""{"name":"f","arguments":{"a":1}}""", """{"a":1}""")]
    [InlineData("""{"name":"f","arguments":{"a":"\ud83d"}}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"name":"f","arguments":null}""", "{}")]
    public async Task Read_OfACallAsText_IsTheCall(string text, string arguments) =>
        Assert.Equal(("f", arguments), await ReadAsync(text));

    [Theory]
    [InlineData("""{"name":"g","arguments":{}}""")]
    [InlineData("""{"name":"f","arguments":[]}""")]
    [InlineData("no call")]
    public async Task Read_OfAnythingElse_IsAFaultOfTheModel(string text) =>
        Assert.True((await Assert.ThrowsAsync<GatewayException>(() => ReadAsync(text))).FailsAgain);

    private static async Task<(string Name, string Arguments)> ReadAsync(string text)
    {
        var calls = new List<ToolCall>();
        await foreach (var update in RequiredToolCall.ReadAsync(Says(text), Tools, CancellationToken.None))
        {
            calls.AddRange(update.ToolCalls);
        }

        var call = Assert.Single(calls);
        return (call.Name, call.Arguments);
    }

    private static async IAsyncEnumerable<ConversationUpdate> Says(string text)
    {
        await Task.CompletedTask;
        yield return new ConversationUpdate { Content = text };
        yield return new ConversationUpdate { IsDone = true, FinishReason = FinishReason.Stop };
    }
}
