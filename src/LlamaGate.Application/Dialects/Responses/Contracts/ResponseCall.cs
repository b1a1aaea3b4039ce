using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>A call that the model asks for.</summary>
/// <param name="Type">Which kind of tool is called; the other members depend on it.</param>
public abstract record ResponseCall(string Type) : ResponseOutputItem(Type)
{
    /// <summary>The id that the call's output names.</summary>
    [JsonPropertyOrder(-1)]
    public required string CallId { get; init; }

    /// <param name="tool">The tool that is called; null when the model calls what it was not offered.</param>
    internal static ResponseCall Begin(ToolCall call, OfferedTool? tool) => tool?.Type switch
    {
        ResponseToolTypes.Custom => new ResponseCustomToolCall
        {
            Id = "ctc_" + RandomIds.New(),
            Status = ResponseObject.InProgress,
            CallId = CallIds.Of(call.Id),
            Name = tool.Name,
            Input = "",
            Namespace = tool.Namespace,
        },
        ResponseToolTypes.ToolSearch => new ResponseToolSearchCall
        {
            Id = "tsc_" + RandomIds.New(),
            Status = ResponseObject.InProgress,
            CallId = CallIds.Of(call.Id),
            Arguments = ResponseToolSearchCall.NoArguments,
        },
        ResponseToolTypes.Shell => new ResponseShellCall
        {
            Id = "sh_" + RandomIds.New(),
            Status = ResponseObject.InProgress,
            CallId = CallIds.Of(call.Id),
            Action = new ResponseShellAction { Commands = [] },
        },
        _ => new ResponseFunctionCall
        {
            Id = "fc_" + RandomIds.New(),
            Status = ResponseObject.InProgress,
            CallId = CallIds.Of(call.Id),
            Name = tool?.Name ?? call.Name,
            Arguments = "",
            Namespace = tool?.Namespace,
        },
    };

    /// <summary>The whole call.</summary>
    /// <param name="isAnswerCut">The token limit may have cut a required call, whose arguments then are no JSON.</param>
    internal ResponseCall End(ToolCall call, bool isAnswerCut)
    {
        var isWhole = ToolArguments.IsObject(call.Arguments);
        return With(call.Arguments, isWhole) with { Status = ResponseObject.EndStatus(isAnswerCut && !isWhole) };
    }

    /// <param name="arguments">As the model wrote them.</param>
    /// <param name="isObject">Whether they are a JSON object.</param>
    private protected abstract ResponseCall With(string arguments, bool isObject);
}

/// <summary>A call of a function; id <c>fc_…</c>.</summary>
public sealed record ResponseFunctionCall() : ResponseCall("function_call")
{
    public required string Name { get; init; }

    /// <summary>A JSON object as a string.</summary>
    public required string Arguments { get; init; }

    /// <summary>The namespace that holds the function; absent when none does.</summary>
    public string? Namespace { get; init; }

    private protected override ResponseCall With(string arguments, bool isObject) => this with { Arguments = arguments };
}

/// <summary>A call of a custom tool; id <c>ctc_…</c>.</summary>
public sealed record ResponseCustomToolCall() : ResponseCall("custom_tool_call")
{
    public required string Name { get; init; }

    /// <summary>The tool's input, a string.</summary>
    public required string Input { get; init; }

    /// <summary>The namespace that holds the tool; absent when none does.</summary>
    public string? Namespace { get; init; }

    private protected override ResponseCall With(string arguments, bool isObject) =>
        this with { Input = (isObject ? ToolArguments.FindText(arguments, "input") : null) ?? arguments };
}

/// <summary>A search for further tools, which the client does; id <c>tsc_…</c>.</summary>
public sealed record ResponseToolSearchCall() : ResponseCall("tool_search_call")
{
    internal static readonly JsonElement NoArguments = JsonElement.Parse("{}");

    public string Execution { get; } = "client";

    public required JsonElement Arguments { get; init; }

    private protected override ResponseCall With(string arguments, bool isObject) =>
        isObject ? this with { Arguments = JsonElement.Parse(arguments, ContractSerialization.DocumentOptions) } : this;
}

/// <summary>Commands that the client runs; id <c>sh_…</c>.</summary>
public sealed record ResponseShellCall() : ResponseCall("shell_call")
{
    public required ResponseShellAction Action { get; init; }

    private protected override ResponseCall With(string arguments, bool isObject) =>
        isObject ? this with { Action = ResponseShellAction.Of(JsonElement.Parse(arguments, ContractSerialization.DocumentOptions)) } : this;
}

/// <summary>The input of a shell call.</summary>
public sealed record ResponseShellAction
{
    public required IReadOnlyList<string> Commands { get; init; }

    /// <summary>Milliseconds; null when the model said none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? TimeoutMs { get; init; }

    /// <summary>Always null: a model is not asked for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? MaxOutputLength { get; }

    /// <summary>Small models write one command without a list around it, or name it <c>command</c>.</summary>
    internal static ResponseShellAction Of(JsonElement arguments)
    {
        if (!arguments.TryGetProperty("commands", out var commands))
        {
            arguments.TryGetProperty("command", out commands);
        }

        return new ResponseShellAction
        {
            Commands = commands.ValueKind switch
            {
                JsonValueKind.Array => [.. commands.EnumerateArray().Select(command => command.ToString())],
                JsonValueKind.String => [commands.GetString()!],
                _ => [],
            },
            TimeoutMs = arguments.TryGetProperty("timeout_ms", out var timeout) && timeout.ValueKind == JsonValueKind.Number
                && timeout.TryGetInt32(out var milliseconds) ? milliseconds : null,
        };
    }
}
