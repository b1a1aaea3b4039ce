using System.Text.Json;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.Responses;

public class ResponseMappingTests
{
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"function\",\"name\":\"g\"}]";

    [Theory]
    [InlineData("\"auto\"", "f g", false)]
    [InlineData("\"none\"", "", false)]
    [InlineData("\"required\"", "f g", true)]
    [InlineData("{\"type\":\"function\",\"name\":\"g\"}", "g", true)]
    public void ToolChoice_OfEachKind_ChoosesTools(string choice, string tools, bool mustCall)
    {
        var prompt = Assert.IsType<ChatPrompt>(Map($"{Tools},\"tool_choice\":{choice}").Prompt);
        Assert.Equal(tools, string.Join(' ', prompt.Tools.Select(tool => tool.Name)));
        Assert.Equal(mustCall, prompt.MustCall);
    }

    [Theory]
    [InlineData("\"reasoning\":{\"effort\":\"high\"}", ThinkLevel.High, true)]
    [InlineData("\"reasoning\":{\"effort\":\"high\"},\"think\":\"low\"", ThinkLevel.Low, false)]
    [InlineData("\"think\":true", ThinkLevel.On, false)]
    [InlineData("\"reasoning\":{\"summary\":\"auto\"}", null, false)]
    public void Think_FromOpenAIsFieldOnly_IsOptional(string fields, ThinkLevel? level, bool isOptional)
    {
        var request = Map(fields);
        Assert.Equal(level, request.Think);
        Assert.Equal(isOptional, request.IsThinkOptional);
    }

    [Theory]
    [InlineData("\"top_logprobs\":0", null, null)]
    [InlineData("\"top_logprobs\":2", true, 2)]
    [InlineData("\"include\":[\"message.output_text.logprobs\"]", true, null)]
    public void Logprobs_WhenRequested_GoUpstream(string fields, bool? logprobs, int? top)
    {
        var request = Map(fields);
        Assert.Equal((logprobs, top), (request.Logprobs, request.TopLogprobs));
    }

    [Fact]
    public void Model_ThatIsAnAlias_IsResolved() => Assert.Equal("real", Map("\"store\":false").Model);

    [Theory]
    [InlineData(RequestField.Prompt, "input")]
    [InlineData(RequestField.Effort, "reasoning.effort")]
    [InlineData(RequestField.Format, "text.format")]
    [InlineData(RequestField.Option, "options.num_ctx")]
    [InlineData(RequestField.Suffix, null)]
    public void Fields_OfTheDomain_HaveTheirNamesHere(RequestField field, string? name) =>
        Assert.Equal(name, ResponseFields.Spell(field, "num_ctx"));

    /// <summary>An assistant's turn is one message, wherever its thoughts stand.</summary>
    [Theory]
    [InlineData("T1 Ca T2 Cb Oa Ob", "Assistant [T1\nT2]  a b; Tool a; Tool b")]
    [InlineData("T1 M T2 Ca Oa", "Assistant [T1\nT2] M a; Tool a")]
    [InlineData("T1 M T2 N", "Assistant [T1] M ; Assistant [T2] N ")]
    [InlineData("Ca X Cb Oa Ob", "Assistant []  a b; Tool a; Tool b")]
    [InlineData("T1 Ca Oa T2 M", "Assistant [T1]  a; Tool a; Assistant [T2] M ")]
    public void Input_OfThoughtsTextsAndCalls_IsInTurns(string items, string expected)
    {
        var input = items.Split(' ').Select(static item => item switch
        {
            ['T', ..] => $$"""{"type":"reasoning","summary":[{"type":"summary_text","text":"{{item}}"}]}""",
            "X" => """{"type":"reasoning","summary":[],"encrypted_content":"of another"}""",
            ['C', var name] => $$"""{"type":"function_call","call_id":"{{name}}","name":"{{name}}","arguments":"{}"}""",
            ['O', var name] => $$"""{"type":"function_call_output","call_id":"{{name}}","output":"done"}""",
            _ => $$"""{"role":"assistant","content":"{{item}}"}""",
        });
        var prompt = Assert.IsType<ChatPrompt>(Map("\"store\":false", $"[{string.Join(',', input)}]").Prompt);
        Assert.Equal(expected, string.Join("; ", prompt.Messages.Select(static message => message.Role is MessageRole.Tool
            ? $"Tool {message.ToolName}"
            : $"{message.Role} [{message.Thinking}] {string.Concat(message.Content.OfType<TextPart>().Select(part => part.Text.ToString()))} "
                + string.Join(' ', message.ToolCalls.Select(call => call.Name)))));
    }

    [Theory]
    [InlineData("""["ls","-la","a/b"]""", "ls -la a/b")]
    [InlineData("""["bash","-lc","echo \"a b\" | wc -l"]""", """bash -lc 'echo "a b" | wc -l'""")]
    [InlineData("""["echo","it's",""]""", """echo 'it'\''s' ''""")]
    public void LocalShellCall_OfWords_IsTheCommandThatAShellReads(string words, string command)
    {
        var prompt = Assert.IsType<ChatPrompt>(Map(
            "\"store\":false",
            $$$"""[{"type":"local_shell_call","call_id":"c","action":{"type":"exec","command":{{{words}}}}}]""").Prompt);
        var arguments = JsonElement.Parse(Assert.Single(Assert.Single(prompt.Messages).ToolCalls).Arguments);
        Assert.Equal(command, Assert.Single(arguments.GetProperty("commands").EnumerateArray()).GetString());
    }

    private static ConversationRequest Map(string fields, string input = "\"hi\"")
    {
        var body = JsonSerializer.Deserialize(
            "{\"model\":\"m\",\"input\":" + input + "," + fields + "}", ResponsesJsonContext.Instance.CreateResponseRequest)!;
        var batch = ResponseMapping.ToBatch(body, Histories.Of(body), Mappers.Aliased("m", "real"));
        Assert.Equal(1, batch.Calls);
        return batch.Requests[0];
    }
}
