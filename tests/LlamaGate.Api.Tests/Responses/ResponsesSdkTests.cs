#pragma warning disable OPENAI001 // The client's part for responses is marked as evaluation; programs use it all the same.
using System.ClientModel;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using OpenAI.Responses;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>The official .NET client against the gateway, without a setting but the address.</summary>
public class ResponsesSdkTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private ResponsesClient Client => new(
        new ApiKeyCredential("none"), new ResponsesClientOptions { Endpoint = new Uri(shared.Bed.Client.BaseAddress!, "/v1") });

    [Fact]
    public async Task Create_OfAText_GivesTheText()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_think_true"));
        ResponseResult response = await Client.CreateResponseAsync("tiny", "hi");
        Assert.Equal(ResponseStatus.Completed, response.Status);
        Assert.Equal("The answer equals 42.", response.GetOutputText());
        var reasoning = Assert.IsType<ReasoningResponseItem>(response.OutputItems[0]);
        Assert.Equal("Let me think about this first", reasoning.GetSummaryText());
        Assert.Equal(36, response.Usage.InputTokenCount);
    }

    [Fact]
    public async Task Create_WithATool_GivesTheCallAndTakesItsOutput()
    {
        var options = new CreateResponseOptions { Model = "tiny" };
        options.Tools.Add(ResponseTool.CreateFunctionTool(
            "get_weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}"""), strictModeEnabled: true));
        options.InputItems.Add(ResponseItem.CreateUserMessageItem("weather in Paris?"));
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_tools"));
        ResponseResult first = await Client.CreateResponseAsync(options);
        var call = Assert.IsType<FunctionCallResponseItem>(Assert.Single(first.OutputItems));
        Assert.Equal("get_weather", call.FunctionName);

        options.InputItems.Add(call);
        options.InputItems.Add(ResponseItem.CreateFunctionCallOutputItem(call.CallId, "sunny"));
        shared.Bed.Ollama.Enqueue(Scenario.Says("It is sunny."));
        ResponseResult second = await Client.CreateResponseAsync(options);
        Assert.Equal("It is sunny.", second.GetOutputText());
    }

    [Fact]
    public async Task Stream_OfAThinkingModel_GivesEachKindOfUpdate()
    {
        var options = new CreateResponseOptions { Model = "tiny", StreamingEnabled = true };
        options.InputItems.Add(ResponseItem.CreateUserMessageItem("hi"));
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_think_true_stream"));
        var updates = new List<StreamingResponseUpdate>();
        await foreach (var update in await Client.CreateResponseStreamingAsync(options))
        {
            updates.Add(update);
        }

        Assert.Equal(Enumerable.Range(0, updates.Count), updates.Select(update => update.SequenceNumber));
        Assert.Equal(
            "The answer equals 42.", string.Concat(updates.OfType<StreamingResponseOutputTextDeltaUpdate>().Select(update => update.Delta)));
        Assert.Equal(
            "Let me think about this first",
            string.Concat(updates.OfType<StreamingResponseReasoningSummaryTextDeltaUpdate>().Select(update => update.Delta)));
        var completed = Assert.IsType<StreamingResponseCompletedUpdate>(updates[^1]);
        Assert.Equal("The answer equals 42.", completed.Response.GetOutputText());
    }

    [Fact]
    public async Task Stream_ThatIsCut_IsIncomplete()
    {
        var options = new CreateResponseOptions { Model = "plain", StreamingEnabled = true, MaxOutputTokenCount = 5 };
        options.InputItems.Add(ResponseItem.CreateUserMessageItem("hi"));
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_num_predict_length_stream"));
        StreamingResponseUpdate? last = null;
        await foreach (var update in await Client.CreateResponseStreamingAsync(options))
        {
            last = update;
        }

        var incomplete = Assert.IsType<StreamingResponseIncompleteUpdate>(last);
        Assert.Equal(ResponseIncompleteStatusReason.MaxOutputTokens, incomplete.Response.IncompleteStatusDetails?.Reason);
    }

    [Fact]
    public async Task Create_WithAPreviousResponse_GoesOnFromIt()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("one"));
        ResponseResult first = await Client.CreateResponseAsync("plain", "hi");
        await shared.Bed.NextChatUpstreamAsync();
        var options = new CreateResponseOptions { Model = "plain", PreviousResponseId = first.Id };
        options.InputItems.Add(ResponseItem.CreateUserMessageItem("and?"));
        shared.Bed.Ollama.Enqueue(Scenario.Says("two"));
        ResponseResult second = await Client.CreateResponseAsync(options);
        Assert.Equal(first.Id, second.PreviousResponseId);
        Assert.Equal(3, (await shared.Bed.NextChatUpstreamAsync()).Json().GetProperty("messages").GetArrayLength());
        ResponseResult kept = await Client.GetResponseAsync(second.Id);
        Assert.Equal("two", kept.GetOutputText());
    }

    [Fact]
    public async Task Create_WithAPreviousResponseThatIsNotKept_Throws()
    {
        var options = new CreateResponseOptions { Model = "plain", PreviousResponseId = "resp_1" };
        options.InputItems.Add(ResponseItem.CreateUserMessageItem("hi"));
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Client.CreateResponseAsync(options));
        Assert.Equal(404, refused.Status);
        Assert.Contains("previous_response_id", refused.Message, StringComparison.Ordinal);
    }
}
