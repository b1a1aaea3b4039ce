using FluentValidation;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Completions;

/// <summary>OpenAI's rules for completions. The first failure ends it, since a caller is told of one.</summary>
internal sealed class CreateCompletionRequestValidator : AbstractValidator<CreateCompletionRequest>
{
    /// <summary>A bound on what one request can ask of the upstream: prompts times candidates.</summary>
    private const int MostAnswers = 128;

    public CreateCompletionRequestValidator()
    {
        ClassLevelCascadeMode = CascadeMode.Stop;
        RuleFor(r => r.Model).IsModelName();
        RuleFor(r => r.Prompt).Custom(CheckPrompt);
        RuleFor(r => r).Custom(CheckMaxTokens);
        RuleFor(r => r.Temperature).WithinRange("temperature", 0, 2);
        RuleFor(r => r.TopP).WithinRange("top_p", 0, 1);
        RuleFor(r => r.FrequencyPenalty).WithinRange("frequency_penalty", -2, 2);
        RuleFor(r => r.PresencePenalty).WithinRange("presence_penalty", -2, 2);
        RuleFor(r => r.N).WithinRange("n", 1, 8);
        RuleFor(r => r.BestOf).WithinRange("best_of", 1, 20);
        RuleFor(r => r).Custom(CheckCandidates);
        RuleFor(r => r.Logprobs).WithinRange("logprobs", 0, 5);
        RuleFor(r => r).Custom(CheckEcho);
        RuleFor(r => r.Stop).IsStopList();
        RuleFor(r => r.Think).IsThinkSetting();
        RuleFor(r => r.KeepAlive).IsKeepAlive();
        RuleFor(r => r.Options).IsOptionsObject();
    }

    private static void CheckPrompt(TextInput? prompt, ValidationContext<CreateCompletionRequest> context)
    {
        if (prompt is null || prompt.Texts.Count == 0)
        {
            context.Fail("prompt", "prompt is required: a text or an array of at least one text.");
            return;
        }

        for (var i = 0; i < prompt.Texts.Count; i++)
        {
            if (prompt.Texts[i].Length == 0)
            {
                var path = prompt.PathOf("prompt", i);
                context.Fail(path, $"{path} is empty: to Ollama that is no question.");
                return;
            }
        }
    }

    private static void CheckMaxTokens(CreateCompletionRequest request, ValidationContext<CreateCompletionRequest> context)
    {
        if (request is { MaxTokens: 0, Echo: true })
        {
            context.Fail("max_tokens", "max_tokens 0 with echo is for scoring a prompt, and Ollama tells no log probabilities of prompts.");
        }
        else if (request.MaxTokens < 1)
        {
            context.Fail("max_tokens", $"max_tokens must be between 1 and {int.MaxValue}.");
        }
    }

    private static void CheckCandidates(CreateCompletionRequest request, ValidationContext<CreateCompletionRequest> context)
    {
        var choices = request.N ?? 1;
        var candidates = request.BestOf ?? choices;
        if (candidates < choices)
        {
            context.Fail("best_of", "best_of must not be less than n.");
        }
        else if (candidates > choices && request.Stream is true)
        {
            context.Fail("best_of", "best_of above n cannot be streamed: the best answer is known when all are complete.");
        }
        else if (candidates * (long)request.Prompt!.Texts.Count > MostAnswers)
        {
            context.Fail("prompt", $"A request may ask for at most {MostAnswers} answers: prompts times n, or times best_of.");
        }
    }

    private static void CheckEcho(CreateCompletionRequest request, ValidationContext<CreateCompletionRequest> context)
    {
        if (request is { Echo: true, Logprobs: not null })
        {
            context.Fail("logprobs", "logprobs with echo asks for those of the prompt too, which Ollama does not tell.");
        }
    }
}
