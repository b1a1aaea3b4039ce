namespace LlamaGate.Domain.Models;

/// <summary>How Ollama reads the names of models: without a tag <c>:latest</c> is meant, in any case of letters.</summary>
public static class ModelName
{
    private const string DefaultTag = ":latest";

    /// <summary>The name without <c>:latest</c>. The same text when it has another tag or none.</summary>
    public static string Short(string name) =>
        name.EndsWith(DefaultTag, StringComparison.OrdinalIgnoreCase) ? name[..^DefaultTag.Length] : name;

    /// <summary>One text for all spellings of a name: what is kept of a model is kept under it.</summary>
    public static string Key(string name) => Short(name).ToLowerInvariant();

    public static bool AreSame(string one, string other) =>
        Short(one).Equals(Short(other), StringComparison.OrdinalIgnoreCase);
}
