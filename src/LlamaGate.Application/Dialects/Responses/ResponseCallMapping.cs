using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The calls of a history, and what they gave, in the form of the functions that stand for their tools.</summary>
internal static class ResponseCallMapping
{
    /// <summary>What a shell does not change in a word, beside letters and digits.</summary>
    private const string PlainCharacters = "-_./=:,@%+";

    public static ToolCall ToCall(ResponseInputItem item, string callId)
    {
        return item.Type switch
        {
            ResponseItemTypes.FunctionCall => Call(ToolArguments.ToObject(item.Arguments)),
            ResponseItemTypes.CustomToolCall => Call(ToolArguments.Wrap("input", item.Input ?? "")),
            ResponseItemTypes.ToolSearchCall => new(callId, ResponseToolTypes.ToolSearch, ToolArguments.ToObject(item.Arguments)),
            _ => new(callId, ResponseToolTypes.Shell, ToShellArguments(item.Action)),
        };

        ToolCall Call(string arguments) => new(callId, OfferedTool.Join(item.Namespace, item.Name!), arguments);
    }

    /// <summary>The text that stands for an output without content; null for an output with content.</summary>
    public static IReadOnlyList<Part>? ToOutput(ResponseInputItem item) => item.Type switch
    {
        ResponseItemTypes.ToolSearchOutput => [new TextPart("Found: " + NamesOf(item))],
        ResponseItemTypes.ShellCallOutput when item.Output?.Parts is { } commands => [.. commands.Select(part => new TextPart(ToText(part!)))],
        _ => null,
    };

    private static string NamesOf(ResponseInputItem item)
    {
        var names = string.Join(", ", ResponseTools.FoundBy(item).Select(tool => tool.Function.Name));
        return names.Length > 0 ? names : "none";
    }

    /// <summary>A shell takes whole commands, a local shell one command in words.</summary>
    private static string ToShellArguments(JsonElement? action)
    {
        var arguments = new JsonObject { ["commands"] = new JsonArray() };
        if (action is not { ValueKind: JsonValueKind.Object } said)
        {
            return arguments.ToJsonString();
        }

        if (said.TryGetProperty("commands", out var commands) && commands.ValueKind == JsonValueKind.Array)
        {
            arguments["commands"] = JsonArray.Create(commands);
        }
        else if (said.TryGetProperty("command", out var command) && command.ValueKind == JsonValueKind.Array)
        {
            arguments["commands"] = new JsonArray(string.Join(' ', command.EnumerateArray().Select(word => Quote(word.ToString()))));
        }

        if (said.TryGetProperty("timeout_ms", out var timeout) && timeout.ValueKind == JsonValueKind.Number)
        {
            arguments["timeout_ms"] = JsonValue.Create(timeout);
        }

        return arguments.ToJsonString();
    }

    /// <summary>A word as a shell reads it back.</summary>
    private static string Quote(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || PlainCharacters.Contains(c))
        ? word
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>What one command of a shell gave.</summary>
    private static string ToText(ResponseContentPart part)
    {
        var texts = new List<string>();
        AddText("stdout");
        AddText("stderr");
        if (Find("outcome") is { ValueKind: JsonValueKind.Object } outcome)
        {
            texts.Add(outcome.TryGetProperty("exit_code", out var code) ? $"Exit code: {code}" : "It ran out of time.");
        }

        return string.Join('\n', texts);

        JsonElement? Find(string name) => part.Unknown is { } members && members.TryGetValue(name, out var value) ? value : null;

        void AddText(string name)
        {
            if (Find(name) is { ValueKind: JsonValueKind.String } said && said.GetString() is { Length: > 0 } text)
            {
                texts.Add(text.TrimEnd('\n'));
            }
        }
    }
}
