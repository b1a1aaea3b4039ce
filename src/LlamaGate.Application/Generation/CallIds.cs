namespace LlamaGate.Application.Generation;

/// <summary>Ids of tool calls.</summary>
internal static class CallIds
{
    private const string Prefix = "call_";

    /// <summary>OpenAI's call ids start with <c>call_</c>; jinja models return bare ids or none.</summary>
    public static string Of(string id) => id switch
    {
        "" => Prefix + RandomIds.New(),
        _ when id.StartsWith(Prefix, StringComparison.Ordinal) => id,
        _ => Prefix + id,
    };
}
