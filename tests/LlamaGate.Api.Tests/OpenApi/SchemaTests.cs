using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FluentValidation;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>The schemas say what the contracts and their validators do.</summary>
public sealed class SchemaTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    private const string StopSequences =
        "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\","
        + "\"17\",\"18\",\"19\",\"20\",\"21\",\"22\",\"23\",\"24\",\"25\",\"26\",\"27\",\"28\",\"29\",\"30\",\"31\",\"32\","
        + "\"33\",\"34\",\"35\",\"36\",\"37\",\"38\",\"39\",\"40\",\"41\",\"42\",\"43\",\"44\",\"45\",\"46\",\"47\",\"48\","
        + "\"49\",\"50\",\"51\",\"52\",\"53\",\"54\",\"55\",\"56\",\"57\",\"58\",\"59\",\"60\",\"61\",\"62\",\"63\",\"64\"";

    private JsonElement ChatMembers => Schema("ChatCompletionRequest").GetProperty("properties");

    [Fact]
    public void ChatRequest_Members_AreAllThere() => Assert.Equal(
        typeof(ChatCompletionRequest).GetProperties()
            .Where(property => property.GetCustomAttribute<JsonExtensionDataAttribute>() is null)
            .Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))
            .Order(StringComparer.Ordinal),
        ChatMembers.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void ChatRequest_Members_AreDescribed() =>
        Assert.All(ChatMembers.EnumerateObject(), member => Assert.NotEmpty(member.Value.GetProperty("description").GetString()!));

    [Fact]
    public void ChatRequest_OtherFields_AreAllowed() => Assert.True(Schema("ChatCompletionRequest").TryGetProperty("additionalProperties", out _));

    /// <summary>The validator takes both ends of a range and nothing beyond them.</summary>
    [Fact]
    public void ChatRequest_Ranges_AreTheValidators()
    {
        var ends = (from member in ChatMembers.EnumerateObject()
                    from bound in new[] { "minimum", "maximum" }
                    where member.Value.TryGetProperty(bound, out _)
                    let end = member.Value.GetProperty(bound).GetDouble()
                    select (member.Name, End: end, Beyond: bound == "minimum" ? end - 1 : end + 1)).ToList();
        Assert.Equal(14, ends.Count);
        Assert.All(ends, end =>
        {
            Assert.Null(Fault(end.Name, Number(end.End)));
            Assert.Equal(end.Name, Fault(end.Name, Number(end.Beyond)));
        });
    }

    [Fact]
    public void ChatRequest_ReasoningEfforts_AreTheValidators()
    {
        var words = ChatMembers.GetProperty("reasoning_effort").GetProperty("enum").EnumerateArray().ToList();
        Assert.All(words, word => Assert.Null(Fault("reasoning_effort", word.GetRawText())));
        Assert.Equal(
            ["none", "minimal", "low", "medium", "high", "xhigh", "max", "ultra", null],
            words.Select(word => word.GetString()),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("stop", "\"x\"", true)]
    [InlineData("stop", """["a","b","c","d"]""", true)]
    [InlineData("stop", StopSequences + ",\"65\"]", false)]
    [InlineData("stop", StopSequences + "]", true)]
    [InlineData("stop", "1", false)]
    [InlineData("tool_choice", "\"auto\"", true)]
    [InlineData("tool_choice", """{"type":"function","function":{"name":"f"}}""", true)]
    [InlineData("tool_choice", "\"sometimes\"", false)]
    [InlineData("think", "true", true)]
    [InlineData("think", "\"max\"", true)]
    [InlineData("think", "3", false)]
    [InlineData("keep_alive", "-1", true)]
    [InlineData("keep_alive", "{}", false)]
    [InlineData("options", """{"num_ctx":4096}""", true)]
    [InlineData("options", "[]", false)]
    [InlineData("temperature", "null", true)]
    [InlineData("messages", """[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url","image_url":{"url":"data:"}}]}]""", true)]
    [InlineData("messages", """[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}]""", true)]
    [InlineData("messages", """[{"role":"user","content":1}]""", false)]
    [InlineData("messages", """[{"role":"king","content":""}]""", false)]
    [InlineData("messages", "[]", false)]
    [InlineData("anything_else", "{}", true)]
    public void ChatRequest_Values_AreAllowedOrNot(string member, string value, bool isAllowed) =>
        Assert.Equal(isAllowed, gateway.Schemas.Validate("ChatCompletionRequest", JsonElement.Parse(With(member, value))).Count == 0);

    [Theory]
    [InlineData("ChatCompletion", "id object created model system_fingerprint choices usage")]
    [InlineData("ChatCompletionChoice", "index message logprobs finish_reason")]
    [InlineData("ChatCompletionMessage", "role content refusal")]
    [InlineData("ChatCompletionChunk", "id object created model system_fingerprint choices")]
    [InlineData("ChunkChoice", "index delta logprobs finish_reason")]
    [InlineData("OpenAIErrorBody", "message type param code")]
    [InlineData("HealthReport", "status ollama_host")]
    [InlineData("ModelObject", "id object created owned_by")]
    [InlineData("ChatCompletionRequest", "model messages")]
    public void Required_OfAContract_IsWhatIsAlwaysThere(string schema, string members) => Assert.Equal(
        members.Split(' ').Order(StringComparer.Ordinal),
        Schema(schema).GetProperty("required").EnumerateArray().Select(name => name.GetString()!).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string With(string member, string value)
    {
        var request = JsonNode.Parse("""{"model":"m","messages":[{"role":"user","content":"hi"}],"logprobs":true}""")!.AsObject();
        request[member] = JsonNode.Parse(value);
        return request.ToJsonString();
    }

    private JsonElement Schema(string name) => gateway.Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private string? Fault(string member, string value)
    {
        var request = JsonSerializer.Deserialize(With(member, value), ChatJsonContext.Instance.ChatCompletionRequest)!;
        return gateway.Services.GetRequiredService<IValidator<ChatCompletionRequest>>().Validate(request)
            .Errors.FirstOrDefault()?.PropertyName;
    }
}
