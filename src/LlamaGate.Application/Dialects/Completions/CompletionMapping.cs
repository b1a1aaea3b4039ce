using AutoMapper;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Models;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Completions;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Completions;

/// <summary>OpenAI's completions ↔ the domain's. The request is valid.</summary>
internal static class CompletionMapping
{
    public static CompletionQuestion ToQuestion(CreateCompletionRequest request, ModelAliases aliases, IMapper mapper)
    {
        var choices = request.N ?? 1;
        var candidates = request.BestOf ?? choices;
        var question = new GenerateRequest(aliases.Resolve(request.Model!), "", mapper.Map<GenerationOptions>(request))
        {
            Suffix = request.Suffix,
            Think = ThinkMapping.ToThinkLevel(request.Think, reasoningEffort: null),
            KeepAlive = request.KeepAlive,
            Logprobs = request.Logprobs is not null || candidates > choices ? true : null,
            TopLogprobs = request.Logprobs is > 0 ? request.Logprobs : null,
        };
        return new CompletionQuestion(
            [.. request.Prompt!.Texts.Select(prompt => question with { Prompt = prompt })], choices, candidates);
    }

    /// <summary>The completion without its choices; with <paramref name="usage"/> of a chunk or of the whole.</summary>
    public static Completion ToTemplate(CreateCompletionRequest request, ChunkUsage usage, TimeProvider timeProvider) => new()
    {
        Id = "cmpl-" + RandomIds.New(),
        Created = timeProvider.GetUtcNow().ToUnixTimeSeconds(),
        Model = request.Model!,
        Choices = [],
        Usage = usage,
    };

    public static CompletionChoice ToChoice(CreateCompletionRequest request, string prompt, int index, GenerateUpdate answer) => new()
    {
        Text = request.Echo is true ? prompt + answer.Text : answer.Text,
        Index = index,
        Logprobs = request.Logprobs is { } top && answer.Logprobs is { } tokens
            ? CompletionLogprobsMapping.ToLogprobs(CompletionLogprobsMapping.OfText(tokens, answer), top, offset: 0)
            : null,
        FinishReason = ToFinishReason(answer.FinishReason),
        Reasoning = string.IsNullOrEmpty(answer.Thinking) ? null : answer.Thinking,
    };

    public static string ToFinishReason(FinishReason? reason) => reason == FinishReason.Length ? "length" : "stop";

    public static IReadOnlyList<string> IgnoredFields(CreateCompletionRequest request)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        return ignored.Names;
    }
}
