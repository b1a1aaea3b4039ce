using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>A tool that the model may call, in a request and given back with its answer.</summary>
public sealed record ResponseTool
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>
    /// function, custom, namespace, tool_search with the execution client, shell or local_shell. A tool of another type is left out and
    /// named in <c>X-LlamaGate-Ignored</c>.
    /// </summary>
    public string? Type { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    /// <summary>On a function or tool_search: JSON schema of the arguments, passed on unchanged.</summary>
    public JsonElement? Parameters { get; set; }

    /// <summary>Accepted, no effect: Ollama does not constrain calls that the model chooses to make.</summary>
    public bool? Strict { get; set; }

    /// <summary>On a namespace: its functions and custom tools.</summary>
    public IReadOnlyList<ResponseTool?>? Tools { get; set; }

    /// <summary>On a custom tool: the format of its input. The model sees the definition of a grammar; nothing enforces it.</summary>
    public JsonElement? Format { get; set; }

    /// <summary>On tool_search: <c>client</c>, because the gateway cannot search.</summary>
    public string? Execution { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>As an answer gives it back: OpenAI's functions always have all members.</summary>
    internal ResponseTool Echo()
    {
        if (Type != ResponseToolTypes.Function || (Parameters is not null && Strict is not null))
        {
            return this;
        }

        var members = Unknown is null
            ? new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            : new Dictionary<string, JsonElement>(Unknown, StringComparer.Ordinal);
        if (Parameters is null)
        {
            members["parameters"] = Null;
        }

        if (Strict is null)
        {
            members["strict"] = Null;
        }

        return this with { Unknown = members };
    }
}
