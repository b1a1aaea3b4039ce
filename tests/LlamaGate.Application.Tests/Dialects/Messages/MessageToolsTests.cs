using System.Diagnostics;
using System.Text.Json;
using LlamaGate.Application.Dialects.Messages;
using LlamaGate.Application.Dialects.Messages.Contracts;

namespace LlamaGate.Application.Tests.Dialects.Messages;

public class MessageToolsTests
{
    private const string Tools = """[{"name":"f"},{"name":"g"},{"name":"late","defer_loading":true},{"type":"web_search_20250305","name":"web_search"}]""";

    [Theory]
    [InlineData("", "f g")]
    [InlineData("-f", "g")]
    [InlineData("-f +f", "f g")]
    [InlineData("+f -f", "g")]
    [InlineData("+late", "f g late")]
    [InlineData("+late -late", "f g")]
    [InlineData("=new", "f g new")]
    [InlineData("=f", "g f")]
    [InlineData("=new -new", "f g")]
    [InlineData("=new -new +new", "f g new")]
    [InlineData("-unknown +unknown", "f g")]
    [InlineData("-f -g", "")]
    public void Offered_AfterChanges_IsWhatTheLastOfEachNameSays(string changes, string expected) =>
        Assert.Equal(expected, string.Join(' ', MessageTools.Offered(Read(changes)).Select(tool => tool.Name)));

    /// <summary>A caller decides how many changes there are.</summary>
    [Fact]
    public void Offered_AfterManyDefinitions_TakesTimeInProportion()
    {
        const int count = 50_000;
        var request = Read(string.Join(' ', Enumerable.Range(0, count).Select(i => $"=t{i}")));
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(count + 2, MessageTools.Offered(request).Count);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
    }

    /// <param name="changes">Names, each with + for an addition, - for a removal or = for a definition.</param>
    private static CreateMessageRequest Read(string changes)
    {
        var messages = changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ToMessage).Prepend("""{"role":"user","content":"a"}""");
        return JsonSerializer.Deserialize(
            $$"""{"messages":[{{string.Join(',', messages)}}],"tools":{{Tools}}}""", MessagesJsonContext.Instance.CreateMessageRequest)!;
    }

    private static string ToMessage(string change)
    {
        var type = change[0] == '-' ? "tool_removal" : "tool_addition";
        var tool = change[0] == '='
            ? $$$"""{"type":"tool_definition","definition":{"name":"{{{change[1..]}}}"}}"""
            : $$"""{"type":"tool_reference","name":"{{change[1..]}}"}""";
        return $$"""{"role":"system","content":[{"type":"{{type}}","tool":{{tool}}}]}""";
    }
}
