using System.Text.Json;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>
/// Anthropic's messages → the domain's conversation. Anthropic puts tools' results into users' messages; here they are messages of their
/// own, right after the calls. The request is valid.
/// </summary>
internal sealed class MessageHistory
{
    /// <summary>A client's bookkeeping that differs between conversations: it would spoil Ollama's prompt cache.</summary>
    private static ReadOnlySpan<byte> Bookkeeping => "x-anthropic-billing-header:"u8;

    private readonly List<Part> _system = [];
    private readonly List<Message> _messages = [];
    private readonly CalledTools _called = new();

    /// <summary>What the last user's message says; it grows while users go on.</summary>
    private List<Part> _said = [];
    private bool _hasAnswered;

    public static IReadOnlyList<Message> ToMessages(MessagePrompt request)
    {
        var history = new MessageHistory();
        history.Instruct(request.System);
        foreach (var message in request.Messages!)
        {
            history.Add(message!);
        }

        return history._system.Count == 0
            ? history._messages
            : [new Message(MessageRole.System, history._system), .. history._messages];
    }

    private void Add(MessageParam message)
    {
        switch (message.Role)
        {
            case MessageRoles.User:
                AddUser(message.Content!);
                break;
            case MessageRoles.Assistant:
                AddAssistant(message.Content);
                break;
            // Templates refuse a system message between others.
            case MessageRoles.System when _hasAnswered:
                Say(InstructionsOf(message.Content).Select(text => new TextPart($"<system-reminder>\n{text.Text}\n</system-reminder>")));
                break;
            default:
                Instruct(message.Content);
                break;
        }
    }

    private void Instruct(MessageText? content) => _system.AddRange(InstructionsOf(content));

    private static IEnumerable<TextPart> InstructionsOf(MessageText? content) => content?.Text is { } text
        ? [new TextPart(text)]
        : from block in content?.Blocks ?? []
          where block!.Type == BlockTypes.Text && !block.Text!.Value.Bytes.Span.StartsWith(Bookkeeping)
          select new TextPart(block.Text!.Value);

    private void AddUser(MessageText content)
    {
        if (content.Text is { } text)
        {
            Say([new TextPart(text)]);
            return;
        }

        var blocks = content.Blocks!;
        var results = blocks.Where(block => block!.Type == BlockTypes.ToolResult).Select(block => new ToolResultParts(block!)).ToList();
        foreach (var result in results)
        {
            Answer(result);
        }

        Say([.. ToolResultParts.ImagesOf(results), .. blocks.SelectMany(block => ToParts(block!))]);
    }

    private static IEnumerable<Part> ToParts(ContentBlock block) => block.Type switch
    {
        BlockTypes.Text => [new TextPart(block.Text!.Value)],
        BlockTypes.Image => [new ImagePart(block.Source!.Data!.Value)],
        BlockTypes.Document or BlockTypes.SearchResult => MessageDocuments.PartsOf(block)!,
        _ => [],
    };

    /// <summary>What users say one after another is one message.</summary>
    private void Say(IEnumerable<Part> parts)
    {
        if (_messages is [.., { Role: MessageRole.User }])
        {
            _said.AddRange(parts);
            return;
        }

        _said = [.. parts];
        if (_said.Count > 0)
        {
            _messages.Add(new Message(MessageRole.User, _said));
        }
    }

    /// <summary>Right behind the calls, whatever else the user has said since.</summary>
    private void Answer(ToolResultParts result)
    {
        var before = _messages.FindLastIndex(message => message.Role is MessageRole.Assistant or MessageRole.Tool);
        _messages.Insert(before < 0 ? _messages.Count : before + 1, new Message(MessageRole.Tool, result.Texts)
        {
            ToolCallId = result.CallId,
            ToolName = _called.TakeName(result.CallId),
        });
    }

    private void AddAssistant(MessageText? content)
    {
        _hasAnswered = true;
        var blocks = content?.Blocks ?? [];
        IReadOnlyList<Part> texts = content?.Text is { } text ? [new TextPart(text)] : [.. blocks.SelectMany(ToSaid)];
        IReadOnlyList<ToolCall> calls = [.. blocks.Where(block => block!.Type == BlockTypes.ToolUse).Select(block => ToCall(block!))];
        var thoughts = string.Join('\n', blocks.Select(ToThought).Where(thought => !string.IsNullOrEmpty(thought)));
        _called.AddTurn(calls);
        _messages.Add(new Message(MessageRole.Assistant, texts)
        {
            Thinking = thoughts.Length > 0 ? thoughts : null,
            ToolCalls = calls,
        });
    }

    private static IEnumerable<Part> ToSaid(ContentBlock? block) =>
        block!.Type == BlockTypes.Text ? [new TextPart(block.Text!.Value)] : [];

    private static ToolCall ToCall(ContentBlock block) => new(block.Id ?? "", block.Name!, ToArguments(block.Input));

    /// <summary>An object in its own words. Some clients send it as a string.</summary>
    private static string ToArguments(JsonElement? input) => ToolArguments.ToObject(
        input is { ValueKind: JsonValueKind.String } text ? text.GetString() : input?.GetRawText());

    private static string? ToThought(ContentBlock? block) => block switch
    {
        { Type: not BlockTypes.Thinking } => null,
        { Thinking.Length: > 0 } => block.Thinking,
        _ => ReasoningSeal.TryOpen(block!.Signature),
    };
}
