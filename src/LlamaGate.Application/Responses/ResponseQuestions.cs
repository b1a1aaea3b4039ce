using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Responses;

/// <summary>Asks upstream what a response's request asks, and tells of failures in the words of that request.</summary>
internal sealed class ResponseQuestions(IOllamaClient ollama, ChatQuestionFactory questions)
{
    public ValueTask<ChatQuestion> CreateAsync(CreateResponseRequest body, CancellationToken cancellationToken) => questions.CreateAsync(
        ResponseMapping.ToQuestion(body),
        body.ToolChoice,
        effortField: body.Reasoning?.Effort is not null && body.Think is null ? "reasoning.effort" : null,
        cancellationToken);

    public async Task<ChatUpdate> AskAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            return await question.AskAsync(ollama, choice: 0, cancellationToken);
        }
        catch (GatewayException exception) when (ResponseFieldNames.AreDifferent(exception))
        {
            throw ResponseFieldNames.Translate(exception);
        }
    }

    public async IAsyncEnumerable<ChatUpdate> StreamAsync(
        ChatQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var updates = question.StreamAsync(ollama, choice: 0, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MoveNextAsync(updates))
        {
            yield return updates.Current;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (GatewayException exception) when (ResponseFieldNames.AreDifferent(exception))
        {
            throw ResponseFieldNames.Translate(exception);
        }
    }
}
