using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>The times and counts of a closing line, in milliseconds.</summary>
internal sealed record RecordedDurations(double Total, double Load, double Prompt, double Eval, int PromptTokens, int Tokens)
{
    /// <summary>More than this in load_duration is a load, or a wait for one: the recorded ones are below 16 or above 250.</summary>
    public const double LoadMs = 100;

    /// <summary>More than this in no duration but the total is a wait inside: the recorded ones are below 10 or above 70.</summary>
    public const double WaitMs = 30;

    /// <summary>What only the total has. Embeddings do not tell the time of their prompt, so theirs is in it.</summary>
    public double Gap => Total - Load - Prompt - Eval;

    public bool HasLoad => Load > LoadMs;

    public bool HasWait => Gap > WaitMs;

    /// <summary>Null when the answer's last line has none.</summary>
    public static RecordedDurations? Of(string answer)
    {
        var last = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault();
        if (last is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(last);
        var root = document.RootElement;
        return root.TryGetProperty("total_duration", out _)
            ? new RecordedDurations(
                Milliseconds(root, "total_duration"),
                Milliseconds(root, "load_duration"),
                Milliseconds(root, "prompt_eval_duration"),
                Milliseconds(root, "eval_duration"),
                Count(root, "prompt_eval_count"),
                Count(root, "eval_count"))
            : null;
    }

    private static double Milliseconds(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) ? value.GetInt64() / 1e6 : 0;

    private static int Count(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetInt32() : 0;
}
