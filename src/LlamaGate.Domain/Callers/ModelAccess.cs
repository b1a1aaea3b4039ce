using LlamaGate.Domain.Models;

namespace LlamaGate.Domain.Callers;

/// <summary>
/// Which models a caller may use, by patterns of names: <c>*</c> stands for any characters, a leading <c>!</c> excludes. A model is allowed
/// when a pattern matches it and no excluding one does, in whatever order they are listed. Patterns match a model's own name, never an alias,
/// in any case of letters and with or without <c>:latest</c>.
/// </summary>
public sealed class ModelAccess
{
    private readonly string[] _included;
    private readonly string[] _excluded;

    /// <param name="patterns">With only excluding patterns, everything else is allowed; without any pattern, nothing is.</param>
    public ModelAccess(IReadOnlyList<string> patterns)
    {
        Patterns = patterns;
        _excluded = [.. patterns.Where(pattern => pattern.StartsWith('!')).Select(pattern => pattern[1..])];
        _included = [.. patterns.Where(pattern => !pattern.StartsWith('!'))];
        if (_included.Length == 0 && _excluded.Length > 0)
        {
            _included = ["*"];
        }
    }

    public static ModelAccess All { get; } = new(["*"]);

    /// <summary>As they were configured.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>Whether every model is allowed, so that there is nothing to check.</summary>
    public bool IsUnlimited => _excluded.Length == 0 && Array.IndexOf(_included, "*") >= 0;

    /// <param name="model">The model's own name, as an alias resolves to it.</param>
    public bool Allows(string model) => Matches(_included, model) && !Matches(_excluded, model);

    private static bool Matches(string[] patterns, string model)
    {
        foreach (var pattern in patterns)
        {
            if (ModelPattern.Matches(pattern, model))
            {
                return true;
            }
        }

        return false;
    }
}
