using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>OpenAI's request → the domain's. The request is valid.</summary>
internal static class CompletionMapping
{
    public static ConversationBatch ToBatch(CreateCompletionRequest request, DomainMapper mapper)
    {
        var choices = request.N ?? 1;
        var candidates = request.BestOf ?? choices;
        var prompts = request.Prompt!.Texts.Select(text => new TextPrompt(text) { Suffix = request.Suffix }).ToArray();
        var first = new ConversationRequest(mapper.ToModel(request.Model!), prompts[0], mapper.ToOptions(request))
        {
            Think = ThinkMapping.ToThinkLevel(request.Think, reasoningEffort: null),
            KeepAlive = request.KeepAlive,
            // best_of selects by log probability.
            Logprobs = request.Logprobs is not null || candidates > choices ? true : null,
            TopLogprobs = request.Logprobs is > 0 ? request.Logprobs : null,
            Priority = ServiceTier.ToPriority(request.Unknown),
        };
        return new ConversationBatch([.. prompts.Select(prompt => first with { Prompt = prompt })], choices, candidates);
    }
}
