using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>Items that change what is offered and how it is answered hold for the rest of a conversation.</summary>
public class ResponseChangeTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Changes =
        """
        {"type":"additional_tools","role":"developer","tools":[{"type":"function","name":"f","parameters":{"type":"object","properties":{}}}]},
        {"type":"configuration_update","reasoning":{"effort":"low"},"text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"}}}}
        """;

    [Fact]
    public async Task PreviousResponse_WithChanges_KeepsThem()
    {
        var first = await RespondAsync($$"""[{"role":"user","content":"one"},{{Changes}}]""");
        await shared.Bed.NextChatUpstreamAsync();
        var id = first.GetProperty("id").GetString();
        await RespondAsync("\"two\"", $",\"reasoning\":{{\"effort\":\"high\"}},\"previous_response_id\":\"{id}\"");
        var asked = (await shared.Bed.NextChatUpstreamAsync()).Json();
        Assert.Equal("f", asked.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("low", asked.GetProperty("think").GetString());
        Assert.Equal("""{"type":"object"}""", asked.GetProperty("format").GetRawText());
    }

    [Fact]
    public async Task InputItems_WithChanges_ListThem()
    {
        var response = await RespondAsync($$"""[{"role":"user","content":"three"},{{Changes}}]""");
        await shared.Bed.NextChatUpstreamAsync();
        var answer = await shared.Bed.GetAsync($"/v1/responses/{response.GetProperty("id").GetString()}/input_items?order=asc");
        var items = answer.Json.GetProperty("data");
        Assert.Equal("f", items[1].GetProperty("tools")[0].GetProperty("name").GetString());
        Assert.Equal("low", items[2].GetProperty("reasoning").GetProperty("effort").GetString());
        Assert.Equal("json_schema", items[2].GetProperty("text").GetProperty("format").GetProperty("type").GetString());
    }

    private async Task<JsonElement> RespondAsync(string input, string fields = "")
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("{}"));
        var answer = await shared.Bed.RespondAsync($$"""{"model":"tiny","input":{{input}}{{fields}}}""");
        Assert.Equal(200, answer.Status);
        return answer.Json;
    }
}
