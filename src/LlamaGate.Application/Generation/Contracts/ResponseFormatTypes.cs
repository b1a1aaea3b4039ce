namespace LlamaGate.Application.Generation.Contracts;

/// <summary>OpenAI's kinds of answers.</summary>
internal static class ResponseFormatTypes
{
    public const string Text = "text";
    public const string JsonObject = "json_object";
    public const string Schema = "json_schema";

    public static bool IsKnown(string? type) => type is Text or JsonObject or Schema;
}
