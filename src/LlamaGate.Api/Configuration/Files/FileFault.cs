namespace LlamaGate.Api.Configuration.Files;

/// <summary>Why a configuration file cannot be used.</summary>
/// <param name="Line">Counted from 1; null when the whole file is meant.</param>
/// <param name="Problem">The place in the file and what is wrong with it; never a secret.</param>
internal sealed record FileFault(int? Line, string Problem)
{
    public override string ToString() => Line is { } line ? $"line {line}: {Problem}" : Problem;

    /// <summary>The same with the file, for a message outside of the file's own report.</summary>
    /// <param name="variable">The variable that names the file.</param>
    /// <param name="path">The file.</param>
    public string Of(string variable, string path) =>
        Line is { } line ? $"{variable}: line {line} of {path}: {Problem}" : $"{variable}: {path} {Problem}";
}
