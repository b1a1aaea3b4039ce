using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Chat;

/// <summary>Makes the question of a valid request, with what has to be looked up for it.</summary>
internal sealed class ChatQuestionFactory(IMapper mapper, IOllamaClient ollama, ModelAliases aliases, ExchangeFacts facts)
{
    public async ValueTask<ChatQuestion> CreateAsync(ChatCompletionRequest body, CancellationToken cancellationToken)
    {
        var request = ChatMapping.ToDomain(body, mapper) with { Model = aliases.Resolve(body.Model!) };
        var choice = body.ToolChoice ?? body.FunctionCall;
        if (choice?.Mode == ToolChoice.Function)
        {
            request = request with { Tools = [.. request.Tools.Where(tool => tool.Name == choice.Name)] };
        }

        // Only OpenAI's field is taken back in silence: who sends Ollama's own think means it.
        if (body.ReasoningEffort is not null && body.Think is null && await IsUnableToThinkAsync(request.Model, cancellationToken))
        {
            request = request with { Think = null };
            facts.Ignore("reasoning_effort");
        }

        return new ChatQuestion(
            request, AnswerForm.Of(body), body.N ?? 1, choice?.Mode is ToolChoice.Required or ToolChoice.Function);
    }

    private async ValueTask<bool> IsUnableToThinkAsync(string model, CancellationToken cancellationToken) =>
        (await ollama.GetCapabilitiesAsync(model, cancellationToken)).CanThink is false;
}
