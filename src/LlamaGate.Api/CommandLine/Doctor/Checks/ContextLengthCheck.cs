using System.Globalization;
using System.Text.Json;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>
/// The maximum length of a prompt and its answer. The allocated context is only visible for a loaded model, so this runs after the
/// check that loads one.
/// </summary>
internal sealed class ContextLengthCheck : IDiagnosis
{
    /// <summary>Ollama's default on small machines.</summary>
    private const long Small = 4096;

    /// <summary>Below it, the first request of a coding agent (5,000 to 19,000 tokens) leaves no room for its work.</summary>
    private const long Agents = 32_768;

    public string Name => "context-length";

    public TimeSpan Limit => TimeSpan.FromSeconds(10);

    public Needs Needs => Needs.Configuration | Needs.Ollama | Needs.Model;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var name = context.Model?.Name ?? "";
        var loaded = await context.Ollama.ListLoadedAsync(cancellationToken);
        var description = await context.Ollama.DescribeAsync(name, cancellationToken);
        var ofModelfile = NumCtxOf(description.Parameters);
        var length = loaded.FirstOrDefault(model => model.Name == name)?.ContextLength is > 0 and var allocated
            ? allocated
            : ofModelfile;
        return length is { } tokens
            ? Judge(name, tokens, ofModelfile, MaxContextOf(description.ModelInfo), context.Settings.ContextOverflow)
            : Finding.Unknown(
                $"{name} is not loaded and its Modelfile does not set num_ctx",
                "Run the doctor again without --skip-generation, or after the model was used.");
    }

    internal static Finding Judge(string model, long tokens, long? ofModelfile, long? most, ContextOverflow overflow)
    {
        var source = ofModelfile == tokens ? "by num_ctx in its Modelfile" : "as currently loaded";
        var longer = overflow is ContextOverflow.Error
            ? "Longer prompts get 400 context_length_exceeded (CONTEXT_OVERFLOW=error)."
            : "From longer prompts Ollama silently drops the oldest turns (CONTEXT_OVERFLOW=truncate).";
        var canMore = most > tokens;
        var agents = tokens < Agents
            ? "Coding agents need more: their first request alone has up to 19,000 tokens."
            : string.Create(CultureInfo.InvariantCulture, $"Claude Code assumes a million tokens: set its CLAUDE_CODE_MAX_CONTEXT_TOKENS to {tokens}.");
        var possible = canMore ? $" The model supports up to {Figures.Of(most.GetValueOrDefault())}." : "";
        return new Finding(
            tokens < Small && canMore ? Severity.Warning : Severity.Info,
            $"{model} has a context of {Figures.Of(tokens)} tokens {source}, about {Figures.WordsOf(tokens)} words.",
            $"Prompt and answer share them. {longer}{possible}\n{agents}",
            canMore ? "To raise it, set num_ctx in MODEL_OPTIONS, OLLAMA_CONTEXT_LENGTH in Ollama's own environment, num_ctx in a Modelfile, or \"options\":{\"num_ctx\":N} in a request. A larger context needs more memory." : null);
    }

    /// <summary>From lines like <c>num_ctx                        2048</c>.</summary>
    internal static long? NumCtxOf(string? parameters)
    {
        foreach (var line in (parameters ?? "").Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["num_ctx", var number]
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var tokens))
            {
                return tokens;
            }
        }

        return null;
    }

    /// <summary>The key begins with the architecture: <c>llama.context_length</c>.</summary>
    internal static long? MaxContextOf(IReadOnlyDictionary<string, JsonElement>? info)
    {
        foreach (var (key, value) in info ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            if (key.EndsWith(".context_length", StringComparison.Ordinal)
                && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var tokens))
            {
                return tokens;
            }
        }

        return null;
    }
}
