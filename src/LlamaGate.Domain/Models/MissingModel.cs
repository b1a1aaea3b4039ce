using LlamaGate.Domain.Errors;

namespace LlamaGate.Domain.Models;

/// <summary>The advice for a model that Ollama does not have.</summary>
public static class MissingModel
{
    /// <summary>Longer names are not compared: a caller chooses the name, and must not choose how long we compute.</summary>
    private const int MaxLength = 128;

    /// <param name="name">The name that Ollama does not know.</param>
    /// <param name="nearest">The model that may be meant; null when none is.</param>
    public static string Remedy(string name, string? nearest) => nearest is not null
        ? $"Did you mean '{nearest}'? Otherwise pull the model with `ollama pull {name}`."
        : $"Pull the model with `ollama pull {name}`, or choose one that GET /v1/models lists.";

    /// <summary>The closest model; null when none is similar enough.</summary>
    /// <param name="name">The name that Ollama does not know.</param>
    /// <param name="models">The available models that the caller may use; empty when they are not known.</param>
    public static string? FindNearest(string name, IReadOnlyList<ModelInfo> models)
    {
        if (models.Count == 0 || name.Length > MaxLength)
        {
            return null;
        }

        var wanted = ModelName.Short(name);
        var (nearest, distance) = models
            .Select(model => ModelName.Short(model.Name))
            // The same name was there only after the error.
            .Where(candidate => candidate.Length <= MaxLength && !candidate.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            .Select(candidate => ((string?)candidate, Distance(wanted, candidate)))
            .DefaultIfEmpty()
            .MinBy(pair => pair.Item2);
        // A third of its letters may differ.
        return nearest is not null && distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    /// <summary>The same model in another size is closer than any other model.</summary>
    private static int Distance(string one, string other) =>
        Family(one).Equals(Family(other), StringComparison.OrdinalIgnoreCase)
            ? 0
            : EditDistance.Between(one.ToUpperInvariant(), other.ToUpperInvariant());

    private static string Family(string name) => name.Split(':')[0];
}
