namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>A server answered, but not as it should. The message completes "Could not tell: …".</summary>
internal sealed class UnexpectedAnswerException(string who, int status, string? error)
    : Exception($"{who} answered {status}{(string.IsNullOrWhiteSpace(error) ? "" : ": " + Shorten(error))}")
{
    private const int MostCharacters = 300;

    public int Status { get; } = status;

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return line.Length <= MostCharacters ? line : line[..MostCharacters] + "...";
    }
}
