using LlamaGate.Domain.Models;

namespace LlamaGate.Domain.Callers;

/// <summary>
/// Which models a caller may use and see, by patterns of names: <c>*</c> stands for any characters, <c>?</c> for one, a leading <c>!</c>
/// excludes. A model is allowed when a pattern matches it and no excluding one does, in whatever order they are listed. Patterns match a
/// model's own name, never an alias, in any of the spellings that Ollama takes (<see cref="ModelSpellings"/>) and in any case of letters.
/// </summary>
public sealed class ModelAccess
{
    private const string Everything = "*";
    private const char Exclusion = '!';

    private readonly string[] _included;
    private readonly string[] _excluded;

    /// <param name="patterns">With only excluding patterns, everything else is allowed; without any pattern, nothing is.</param>
    public ModelAccess(IReadOnlyList<string> patterns)
    {
        Patterns = patterns;
        _excluded = [.. patterns.Where(pattern => pattern.StartsWith(Exclusion)).Select(pattern => pattern[1..])];
        _included = [.. patterns.Where(pattern => !pattern.StartsWith(Exclusion))];
        if (_included.Length == 0 && _excluded.Length > 0)
        {
            _included = [Everything];
        }

        IsUnlimited = _excluded.Length == 0 && _included.Contains(Everything, StringComparer.Ordinal);
    }

    public static ModelAccess All { get; } = new([Everything]);

    public static ModelAccess None { get; } = new([]);

    /// <summary>As they were configured.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Whether every model is allowed, so that there is nothing to check.</summary>
    public bool IsUnlimited { get; }

    /// <param name="model">The model's own name, as an alias resolves to it.</param>
    public bool Allows(string model)
    {
        if (IsUnlimited)
        {
            return true;
        }

        if (ModelSpellings.MayBeDigest(model))
        {
            // It may stand for any model, so only a pattern that is the same text allows it.
            return _included.Contains(model, StringComparer.OrdinalIgnoreCase) && !_excluded.Contains(model, StringComparer.OrdinalIgnoreCase);
        }

        var spellings = ModelSpellings.Of(model);
        return Matches(_included, spellings) && !Matches(_excluded, spellings);
    }

    /// <summary>Those of the models that are allowed, in their order.</summary>
    public IReadOnlyList<ModelInfo> Among(IReadOnlyList<ModelInfo> models) =>
        IsUnlimited ? models : [.. models.Where(model => Allows(model.Name))];

    private static bool Matches(string[] patterns, IReadOnlyList<string> spellings)
    {
        foreach (var pattern in patterns)
        {
            foreach (var spelling in spellings)
            {
                if (ModelPattern.MatchesText(pattern, spelling))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
