using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>OpenAI's rules for completions.</summary>
internal sealed class CreateCompletionRequestValidator : FirstFailureValidator<CreateCompletionRequest>
{
    /// <summary>Maximum number of upstream calls per request: prompts times candidates.</summary>
    private const int MaxAnswers = 128;

    protected override RuleFailure? FirstFailure(CreateCompletionRequest request) =>
        GenerationRules.Model(request.Model)
        ?? Prompt(request.Prompt)
        ?? MaxTokens(request)
        ?? Rules.Range(FieldRanges.Temperature, request.Temperature)
        ?? Rules.Range(FieldRanges.TopP, request.TopP)
        ?? Rules.Range(FieldRanges.FrequencyPenalty, request.FrequencyPenalty)
        ?? Rules.Range(FieldRanges.PresencePenalty, request.PresencePenalty)
        ?? Rules.Range(FieldRanges.Choices, request.N)
        ?? Rules.Range(FieldRanges.BestOf, request.BestOf)
        ?? Candidates(request)
        ?? Rules.Range(FieldRanges.Logprobs, request.Logprobs)
        ?? Echo(request)
        ?? GenerationRules.Stop(request.Stop)
        ?? GenerationRules.Think(request.Think)
        ?? GenerationRules.KeepAlive(request.KeepAlive)
        ?? GenerationRules.Options(request.Options);

    private static RuleFailure? Prompt(TextInput? prompt)
    {
        if (prompt is null || prompt.Texts.Count == 0)
        {
            return new("prompt", "prompt is required: a string or an array of at least one string.");
        }

        for (var i = 0; i < prompt.Texts.Count; i++)
        {
            if (prompt.Texts[i].Length == 0)
            {
                var path = prompt.PathOf("prompt", i);
                return new(path, $"{path} is empty: there is nothing to complete.");
            }
        }

        return null;
    }

    private static RuleFailure? MaxTokens(CreateCompletionRequest request) => request switch
    {
        { MaxTokens: 0, Echo: true } => new(
            "max_tokens", "max_tokens 0 with echo is for scoring a prompt, and Ollama does not return log probabilities for prompts."),
        _ => Rules.Range(FieldRanges.MaxTokens, request.MaxTokens),
    };

    private static RuleFailure? Candidates(CreateCompletionRequest request)
    {
        var choices = request.N ?? 1;
        var candidates = request.BestOf ?? choices;
        if (candidates < choices)
        {
            return new("best_of", "best_of must not be less than n.");
        }

        if (candidates > choices && request.Stream is true)
        {
            return new("best_of", "best_of above n cannot be streamed: the best answer is known when all are complete.");
        }

        return candidates * (long)request.Prompt!.Texts.Count > MaxAnswers
            ? new("prompt", $"A request can ask for at most {MaxAnswers} answers: prompts times n, or times best_of.")
            : null;
    }

    private static RuleFailure? Echo(CreateCompletionRequest request) => request is { Echo: true, Logprobs: not null }
        ? new("logprobs", "logprobs with echo would include those of the prompt, which Ollama does not return.")
        : null;
}
