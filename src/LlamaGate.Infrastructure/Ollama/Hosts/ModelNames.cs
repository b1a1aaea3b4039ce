namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// A value for each model, found as Ollama finds models: without a tag <c>:latest</c> is used, and names are case-insensitive.
/// </summary>
internal static class ModelNames
{
    private const string DefaultTag = ":latest";

    /// <param name="models">Names with tags. The first of a name counts.</param>
    public static IReadOnlyDictionary<string, T> Index<T>(IEnumerable<(string Name, T Value)> models)
    {
        var byName = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in models)
        {
            byName.TryAdd(name, value);
            if (name.EndsWith(DefaultTag, StringComparison.OrdinalIgnoreCase))
            {
                // Stored under both names, so that a look-up allocates no string.
                byName.TryAdd(name[..^DefaultTag.Length], value);
            }
        }

        return byName;
    }
}
