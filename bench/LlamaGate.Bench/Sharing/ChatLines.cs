namespace LlamaGate.Bench.Sharing;

/// <summary>Reads the lines of a streamed chat, in OpenAI's form or in Ollama's own.</summary>
internal sealed class ChatLines
{
    private const string Data = "data: ";

    /// <summary>Chunks of the answer so far.</summary>
    public int Chunks { get; private set; }

    /// <summary>Comments that told the position in the queue.</summary>
    public int Places { get; private set; }

    public bool IsFinished { get; private set; }

    public bool IsRefused { get; private set; }

    public void Read(string line)
    {
        if (line.StartsWith(':'))
        {
            Places += line.StartsWith(": queued position=", StringComparison.Ordinal) ? 1 : 0;
            return;
        }

        var text = line.StartsWith(Data, StringComparison.Ordinal) ? line.AsSpan(Data.Length) : line;
        if (text is "[DONE]" || text.Contains("\"done\":true", StringComparison.Ordinal))
        {
            IsFinished = true;
        }
        else if (text.StartsWith("{\"error\"", StringComparison.Ordinal))
        {
            IsRefused = true;
        }
        else if (text.StartsWith("{", StringComparison.Ordinal))
        {
            Chunks++;
        }
    }
}
