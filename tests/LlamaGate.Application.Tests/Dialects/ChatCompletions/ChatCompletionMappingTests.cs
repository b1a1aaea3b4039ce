using CsCheck;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Tests.Mapping;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.ChatCompletions;

public class ChatCompletionMappingTests
{
    private readonly DomainMapper _mapper = TestMapper.Create();

    [Theory]
    [InlineData("system", MessageRole.System)]
    [InlineData("developer", MessageRole.System)]
    [InlineData("user", MessageRole.User)]
    [InlineData("assistant", MessageRole.Assistant)]
    [InlineData("tool", MessageRole.Tool)]
    [InlineData("function", MessageRole.Tool)]
    public void ToRole_OfEachRole_IsTheDomains(string role, MessageRole expected) => Assert.Equal(expected, ChatCompletionMapping.ToRole(role));

    [Theory]
    [InlineData("", null)]
    [InlineData("\"think\":true", ThinkLevel.On)]
    [InlineData("\"think\":false", ThinkLevel.Off)]
    [InlineData("\"think\":\"max\"", ThinkLevel.Max)]
    [InlineData("\"think\":false,\"reasoning_effort\":\"high\"", ThinkLevel.Off)]
    [InlineData("\"reasoning_effort\":\"none\"", ThinkLevel.Off)]
    [InlineData("\"reasoning_effort\":\"minimal\"", ThinkLevel.Low)]
    [InlineData("\"reasoning_effort\":\"low\"", ThinkLevel.Low)]
    [InlineData("\"reasoning_effort\":\"medium\"", ThinkLevel.Medium)]
    [InlineData("\"reasoning_effort\":\"high\"", ThinkLevel.High)]
    [InlineData("\"reasoning_effort\":\"xhigh\"", ThinkLevel.Max)]
    [InlineData("\"reasoning_effort\":\"max\"", ThinkLevel.Max)]
    [InlineData("\"reasoning_effort\":\"ultra\"", ThinkLevel.Max)]
    [InlineData("\"reasoning_effort\":\"galactic\"", null)]
    [InlineData("\"reasoning\":{\"effort\":\"none\"}", ThinkLevel.Off)]
    [InlineData("\"reasoning\":{\"effort\":\"none\"},\"reasoning_effort\":\"high\"", ThinkLevel.High)]
    [InlineData("\"reasoning\":{\"effort\":5}", null)]
    [InlineData("\"reasoning\":\"high\"", null)]
    public void ToThinkLevel_OfEachWord_IsTheDomains(string fields, ThinkLevel? expected)
    {
        var request = Requests.With(fields);
        Assert.Equal(expected, ThinkMapping.ToThinkLevel(request.Think, ChatEffort.Of(request)));
    }

    [Fact]
    public void ToMessages_OfAReusedCallId_NamesTheLatestCall()
    {
        var messages = ChatCompletionMapping.ToMessages(Requests.Saying(
            """[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":""},{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"g","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":""},{"role":"tool","tool_call_id":"2","content":""}]""").Messages!);
        Assert.Equal([null, "f", null, "g", null], messages.Select(m => m.ToolName), StringComparer.Ordinal);
    }

    [Fact]
    public void ToBatch_OfRandomChats_LosesNothing()
    {
        string[] roles = ["system", "user", "assistant"];
        var role = Gen.Int[0, roles.Length - 1].Select(i => roles[i]);
        var text = Gen.String[Gen.Char.AlphaNumeric, 0, 20];
        var content = Gen.OneOf(
            text.Select(t => new MessageContent { Text = t }),
            text.Array[1, 4].Select(parts => new MessageContent
            {
                Parts = [.. parts.Select(p => new MessageContentPart { Type = "text", Text = p })],
            }));
        var message = Gen.Select(role, content, (r, c) => new ChatCompletionRequestMessage { Role = r, Content = c });
        Gen.Select(message.Array[1, 8], Gen.Double[0, 2].Nullable(), Gen.Long.Nullable(), Gen.Int[1, 9].Nullable(), text.Array[0, 4])
            .Sample((messages, temperature, seed, most, stop) =>
            {
                var request = Assert.Single(ChatCompletionMapping.ToBatch(
                    new ChatCompletionRequest
                    {
                        Model = "m",
                        Messages = messages,
                        Temperature = temperature,
                        Seed = seed,
                        MaxTokens = most,
                        Stop = stop,
                    },
                    _mapper).Requests);
                var chat = Assert.IsType<ChatPrompt>(request.Prompt);
                Assert.Equal(
                    messages.Select(m => $"{m.Role}:{m.Content!.Text ?? string.Join('|', m.Content.Parts!.Select(p => p!.Text))}"),
                    chat.Messages.Select(m => $"{m.Role.ToString().ToLowerInvariant()}:{string.Join('|', m.Content.Cast<TextPart>().Select(p => p.Text))}"),
                    StringComparer.Ordinal);
                Assert.Equal((temperature, seed, most), (request.Options.Temperature, request.Options.Seed, request.Options.MaxTokens));
                Assert.Equal(stop, request.Options.Stop!, StringComparer.Ordinal);
            });
    }
}
