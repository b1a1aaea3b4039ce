using LlamaGate.Domain.Models;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// A value for each model, found as Ollama finds models (<see cref="ModelName"/>).
/// </summary>
internal static class ModelNames
{
    /// <param name="models">Names with tags. The first of a name counts.</param>
    public static IReadOnlyDictionary<string, T> Index<T>(IEnumerable<(string Name, T Value)> models)
    {
        var byName = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in models)
        {
            // Kept under both names, so that finding one makes no text.
            byName.TryAdd(name, value);
            byName.TryAdd(ModelName.Short(name), value);
        }

        return byName;
    }
}
