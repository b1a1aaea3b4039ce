namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The types of tools that the model can be offered.</summary>
internal static class ResponseToolTypes
{
    public const string Function = "function";

    /// <summary>Takes a string instead of an object.</summary>
    public const string Custom = "custom";

    /// <summary>Holds functions and custom tools under one name.</summary>
    public const string Namespace = "namespace";

    /// <summary>Finds further tools.</summary>
    public const string ToolSearch = "tool_search";

    public const string Shell = "shell";

    public const string LocalShell = "local_shell";
}
