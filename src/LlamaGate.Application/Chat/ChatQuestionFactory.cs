using AutoMapper;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Chat;

/// <summary>Makes the question of a valid request, with what has to be looked up for it.</summary>
internal sealed class ChatQuestionFactory(IMapper mapper, IOllamaClient ollama, ModelAliases aliases, ExchangeFacts facts)
{
    public ValueTask<ChatQuestion> CreateAsync(ChatCompletionRequest body, CancellationToken cancellationToken) => CreateAsync(
        new ChatQuestion(ChatMapping.ToDomain(body, mapper), AnswerForm.Of(body), body.N ?? 1, MustCall: false),
        body.ToolChoice ?? body.FunctionCall,
        // Only OpenAI's field is taken back in silence: who sends Ollama's own think means it.
        effortField: body.ReasoningEffort is not null && body.Think is null ? "reasoning_effort" : null,
        cancellationToken);

    /// <summary>Completes a question as it was mapped.</summary>
    /// <param name="choice">What the caller lets the model do with its tools.</param>
    /// <param name="effortField">The field that asks for thinking, when one does that may be ignored; null otherwise.</param>
    public async ValueTask<ChatQuestion> CreateAsync(
        ChatQuestion question, ToolChoice? choice, string? effortField, CancellationToken cancellationToken)
    {
        var request = question.Request with { Model = aliases.Resolve(question.Request.Model) };
        if (choice?.Mode == ToolChoice.Function)
        {
            request = request with { Tools = [.. request.Tools.Where(tool => tool.Name == choice.Name)] };
        }

        if (effortField is not null && await IsUnableToThinkAsync(request.Model, cancellationToken))
        {
            request = request with { Think = null };
            facts.Ignore(effortField);
        }

        return question with { Request = request, MustCall = choice?.Mode is ToolChoice.Required or ToolChoice.Function };
    }

    private async ValueTask<bool> IsUnableToThinkAsync(string model, CancellationToken cancellationToken) =>
        (await ollama.GetCapabilitiesAsync(model, cancellationToken)).CanThink is false;
}
