namespace LlamaGate.Application.Validation;

/// <summary>
/// The ranges of the fields of all requests, for validators and for the API's description. Each is declared only here.
/// </summary>
public static class FieldRanges
{
    /// <summary>A limit against abuse. OpenAI's is 4; Ollama has none, and editors and agents send ten and more.</summary>
    public const int MaxStopSequences = 64;

    public static NumberRange Temperature { get; } = new("temperature", 0, 2);

    /// <summary>Anthropic's.</summary>
    public static NumberRange UnitTemperature { get; } = new("temperature", 0, 1);

    public static NumberRange TopP { get; } = new("top_p", 0, 1);

    public static NumberRange TopK { get; } = NumberRange.AtLeast("top_k", 0);

    public static NumberRange FrequencyPenalty { get; } = new("frequency_penalty", -2, 2);

    public static NumberRange PresencePenalty { get; } = new("presence_penalty", -2, 2);

    public static NumberRange MaxTokens { get; } = NumberRange.AtLeast("max_tokens", 1);

    public static NumberRange MaxCompletionTokens { get; } = NumberRange.AtLeast("max_completion_tokens", 1);

    public static NumberRange MaxOutputTokens { get; } = NumberRange.AtLeast("max_output_tokens", 1);

    public static NumberRange Choices { get; } = new("n", 1, 8);

    public static NumberRange BestOf { get; } = new("best_of", 1, 20);

    /// <summary>For completions, where it is a number.</summary>
    public static NumberRange Logprobs { get; } = new("logprobs", 0, 5);

    public static NumberRange TopLogprobs { get; } = new("top_logprobs", 0, 20);

    public static NumberRange Dimensions { get; } = NumberRange.AtLeast("dimensions", 1);
}
