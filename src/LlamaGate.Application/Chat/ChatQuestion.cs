using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Chat;

namespace LlamaGate.Application.Chat;

/// <summary>What is to be asked upstream, how often, and the form in which the caller wants the answer.</summary>
internal sealed record ChatQuestion(ChatRequest Request, AnswerForm Form, int Choices, bool MustCall)
{
    /// <summary>Asks for one of the choices and waits for the whole answer.</summary>
    public Task<ChatUpdate> AskAsync(IOllamaClient ollama, int choice, CancellationToken cancellationToken)
    {
        var answer = ollama.ChatAsync(ForChoice(choice), cancellationToken);
        return MustCall ? ReadCallAsync(answer) : answer;
    }

    /// <summary>Asks for one of the choices as a stream.</summary>
    public IAsyncEnumerable<ChatUpdate> StreamAsync(IOllamaClient ollama, int choice, CancellationToken cancellationToken)
    {
        var updates = ollama.StreamChatAsync(ForChoice(choice), cancellationToken);
        return MustCall ? RequiredToolCall.ReadAsync(updates, Request.Tools, cancellationToken) : updates;
    }

    private async Task<ChatUpdate> ReadCallAsync(Task<ChatUpdate> answer) => RequiredToolCall.Read(await answer, Request.Tools);

    /// <summary>Equal seeds would give equal answers, so each choice has the next one.</summary>
    private ChatRequest ForChoice(int choice)
    {
        var request = MustCall ? RequiredToolCall.Constrain(Request) : Request;
        return choice > 0 && request.Options.Seed is { } seed
            ? request with { Options = request.Options with { Seed = unchecked(seed + choice) } }
            : request;
    }
}
