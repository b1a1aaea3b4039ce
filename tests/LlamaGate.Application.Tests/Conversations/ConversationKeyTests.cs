using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Tests.Dialects.ChatCompletions;
using LlamaGate.Application.Tests.Mapping;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Conversations;

public class ConversationKeyTests
{
    /// <summary>
    /// The fields that do not change what goes upstream, alone at least: a tool choice needs tools. All others must change the key.
    /// </summary>
    private static readonly string[] WithoutEffect =
    [
        "stream", "stream_options", "user", "metadata", "store", "service_tier", "prompt_cache_key", "safety_identifier",
        "modalities", "parallel_tool_calls", "tool_choice", "function_call",
    ];

    private static readonly Dictionary<string, string> OtherValues = new(StringComparer.Ordinal)
    {
        ["model"] = "\"other\"",
        ["messages"] = """[{"role":"user","content":"ho"}]""",
        ["stream"] = "true",
        ["stream_options"] = """{"include_usage":true}""",
        ["temperature"] = "0",
        ["top_p"] = "0",
        ["seed"] = "0",
        ["frequency_penalty"] = "0",
        ["presence_penalty"] = "0",
        ["stop"] = "[]",
        ["max_completion_tokens"] = "1",
        ["max_tokens"] = "1",
        ["response_format"] = """{"type":"json_object"}""",
        ["tools"] = """[{"type":"function","function":{"name":"f"}}]""",
        ["tool_choice"] = "\"none\"",
        ["parallel_tool_calls"] = "false",
        ["functions"] = """[{"name":"f"}]""",
        ["function_call"] = "\"none\"",
        ["n"] = "2",
        ["logprobs"] = "false",
        ["top_logprobs"] = "0",
        ["reasoning_effort"] = "\"low\"",
        ["reasoning"] = """{"effort":"low"}""",
        ["keep_alive"] = "0",
        ["think"] = "false",
        ["options"] = "{}",
        ["user"] = "\"u\"",
        ["metadata"] = "{}",
        ["store"] = "false",
        ["service_tier"] = "\"flex\"",
        ["prompt_cache_key"] = "\"k\"",
        ["safety_identifier"] = "\"s\"",
        ["modalities"] = "[\"text\"]",
    };

    private const string Tools =
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}},{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]";

    private static readonly DomainMapper Mapper = TestMapper.Create();

    public static TheoryData<string> Fields() => new(
        typeof(ChatCompletionRequest).GetProperties()
            .Where(p => p.GetCustomAttributes(typeof(JsonExtensionDataAttribute), inherit: false).Length == 0)
            .Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)));

    [Theory]
    [MemberData(nameof(Fields))]
    public void Key_OfEachFieldOfTheContract_ChangesUnlessItIsKnownToHaveNoEffect(string field)
    {
        Assert.True(OtherValues.ContainsKey(field), $"{field} is new: give it a value here, and decide whether it changes the answer.");
        var without = KeyOf(Requests.With(""));
        // The last of two equal members counts.
        var with = KeyOf(Requests.With($"\"{field}\":{OtherValues[field]}"));
        Assert.Equal(WithoutEffect.Contains(field, StringComparer.Ordinal), without == with);
    }

    [Theory]
    [InlineData("\"temperature\":1", "\"temperature\":1.0")]
    [InlineData("\"temperature\":1", "\"temperature\":1e0")]
    [InlineData("\"temperature\":null", "")]
    [InlineData("\"stop\":\"a\"", "\"stop\":[\"a\"]")]
    [InlineData("\"stop\":\"\\u0061\"", "\"stop\":\"a\"")]
    [InlineData("\"max_tokens\":5", "\"max_completion_tokens\":5")]
    [InlineData("\"max_tokens\":9,\"max_completion_tokens\":5", "\"max_completion_tokens\":5")]
    [InlineData("\"options\":{\"a\":1,\"b\":2}", "\"options\":{\"b\":2.0,\"a\":10e-1}")]
    [InlineData("\"unknown\":1", "\"unknown\":2")]
    [InlineData("\"seed\":1,\"top_p\":1", "\"top_p\":1,\"seed\":1")]
    [InlineData("\"keep_alive\":60", "\"keep_alive\":6.0e1")]
    [InlineData("\"response_format\":{\"type\":\"json_object\"}", "\"response_format\": { \"type\" : \"json_object\" }")]
    [InlineData("\"reasoning_effort\":\"none\"", "\"think\":false")]
    public void Key_OfTheSameRequestSpeltOtherwise_IsTheSame(string one, string other) =>
        Assert.Equal(KeyOf(Requests.With(one)), KeyOf(Requests.With(other)));

    [Theory]
    [InlineData("\"stop\":[]", "")]
    [InlineData("\"stop\":[\"a\",\"b\"]", "\"stop\":[\"b\",\"a\"]")]
    [InlineData("\"options\":{\"a\":1}", "\"options\":{\"a\":2}")]
    [InlineData("\"options\":{\"a\":1}", "\"options\":{\"a\":\"1\"}")]
    [InlineData("\"options\":{\"a\":{\"x\":[1,2]}}", "\"options\":{\"a\":{\"x\":[2,1]}}")]
    [InlineData("\"options\":{\"temperature\":1e-30}", "\"options\":{\"temperature\":0}")]
    [InlineData(
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"properties\":{\"a\":{\"type\":\"string\"}}}}}]",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"properties\":{\"a\":{\"type\":\"number\"}}}}}]")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"a\"}}]", "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"b\"}}]")]
    [InlineData(
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"a\":1}}}",
        "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"schema\":{\"a\":2}}}")]
    [InlineData(Tools, Tools + ",\"tool_choice\":\"required\"")]
    [InlineData(Tools + ",\"tool_choice\":\"required\"", Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}")]
    [InlineData("\"reasoning_effort\":\"low\"", "\"think\":\"low\"")]
    public void Key_OfAnotherRequest_IsAnother(string one, string other) =>
        Assert.NotEqual(KeyOf(Requests.With(one)), KeyOf(Requests.With(other)), StringComparer.Ordinal);

    [Theory]
    [InlineData("""[{"role":"user","content":"a\nb"}]""", """[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"c"}]}]""")]
    [InlineData("""[{"role":"user","content":"a"}]""", """[{"role":"system","content":"a"}]""")]
    [InlineData("""[{"role":"user","content":"a"}]""", """[{"role":"user","content":"a"},{"role":"user","content":"a"}]""")]
    [InlineData("""[{"role":"tool","tool_call_id":"1","content":""}]""", """[{"role":"tool","tool_call_id":"2","content":""}]""")]
    [InlineData(
        """[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{\"a\":1}"}}]}]""",
        """[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{\"a\":2}"}}]}]""")]
    [InlineData(
        """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}]""",
        """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,BBBB"}}]}]""")]
    [InlineData("""[{"role":"assistant","content":"a","reasoning":"x"}]""", """[{"role":"assistant","content":"a","reasoning":"y"}]""")]
    public void Key_OfAnotherConversation_IsAnother(string one, string other) =>
        Assert.NotEqual(KeyOf(Requests.Saying(one)), KeyOf(Requests.Saying(other)), StringComparer.Ordinal);

    [Fact]
    public void Key_OfMembersInAnyOrder_IsTheSame()
    {
        string[] members = [.. OtherValues.Select(o => $"\"{o.Key}\":{o.Value}")];
        var expected = KeyOf(Requests.Read($"{{{string.Join(',', members)}}}"));
        Gen.Shuffle(members).Sample(
            shuffled => Assert.Equal(expected, KeyOf(Requests.Read($"{{{string.Join(',', shuffled)}}}"))), iter: 200);
    }

    [Fact]
    public void Key_OfRandomPairsOfTexts_DoesNotDependOnWhereOneEnds() =>
        Gen.Select(Gen.String, Gen.String, Gen.Int[0, 8]).Sample((one, other, at) =>
        {
            var text = one + other;
            var cut = Math.Min(at, text.Length);
            Assert.Equal(cut == one.Length, KeyOf(one, other) == KeyOf(text[..cut], text[cut..]));
        });

    [Fact]
    public void Key_OfALargePart_IsThatOfItsBytes()
    {
        var large = new string('a', 100_000);
        Assert.Equal(KeyOf(large, "b"), KeyOf(new string('a', 100_000), "b"));
        Assert.NotEqual(KeyOf(large, "b"), KeyOf(large + "a", "b"), StringComparer.Ordinal);
        Assert.NotEqual(KeyOf(large, "b"), KeyOf(large[1..] + "c", "b"), StringComparer.Ordinal);
    }

    [Fact]
    public void WithDigest_OfAnotherBlob_IsAnotherKey()
    {
        Assert.NotEqual(KeyHash.WithDigest("k", "a"), KeyHash.WithDigest("k", "b"), StringComparer.Ordinal);
        Assert.NotEqual(KeyHash.WithDigest("k", "a"), KeyHash.WithDigest("k", null), StringComparer.Ordinal);
    }

    private static string KeyOf(ChatCompletionRequest request) => ConversationKey.Of(ChatCompletionMapping.ToBatch(request, Mapper));

    private static string KeyOf(params string[] parts) => ConversationKey.Of(new ConversationBatch(new ConversationRequest(
        "m", new ChatPrompt([new Message(MessageRole.User, [.. parts.Select(part => new TextPart(part))])]), new GenerationOptions())));
}
