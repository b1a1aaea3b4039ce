namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>A server answered, but not as expected. The message completes "Unknown: …".</summary>
internal sealed class UnexpectedAnswerException(string who, int status, string? error)
    : Exception($"{who} answered {status}{(string.IsNullOrWhiteSpace(error) ? "" : ": " + Shorten(error))}")
{
    private const int MaxCharacters = 300;

    public int Status { get; } = status;

    /// <summary>Whether the server's answer explains the problem.</summary>
    public bool HasError { get; } = !string.IsNullOrWhiteSpace(error);

    /// <summary>Why the address is not that of Ollama's API, and what to set; null when the address may be right.</summary>
    public string? AddressFault { get; init; }

    private static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
        return line.Length <= MaxCharacters ? line : line[..MaxCharacters] + "...";
    }
}
