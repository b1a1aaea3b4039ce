using System.IO.Enumeration;

namespace LlamaGate.Domain.Models;

/// <summary>A pattern of models' names, in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
public static class ModelPattern
{
    /// <summary>Whether a pattern means a model: in any case of letters, and without a tag <c>:latest</c> too.</summary>
    public static bool Matches(string pattern, string name) =>
        FileSystemName.MatchesSimpleExpression(pattern, name)
        || FileSystemName.MatchesSimpleExpression(ModelName.Short(pattern), ModelName.Short(name));
}
