using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>The answers of a chat.</summary>
internal static class ChatAnswerNotes
{
    private static readonly string[] FinishReasons = ["stop", "length", "tool_calls", "function_call"];

    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<ChatCompletion>().Words(c => c.Object, "chat.completion"),
        new ContractNotes<ChatCompletionChoice>().Words(c => c.FinishReason, FinishReasons),
        new ContractNotes<ChatCompletionMessage>().Words(m => m.Role, "assistant"),
        new ContractNotes<ChatCompletionToolCall>().Words(c => c.Type, "function"),
        new ContractNotes<ChatCompletionChunk>().Words(c => c.Object, "chat.completion.chunk"),
        new ContractNotes<ChunkChoice>().Words(c => c.FinishReason, [.. FinishReasons, "error"]),
        new ContractNotes<ChunkDelta>().Words(d => d.Role, "assistant"),
        new ContractNotes<ChunkUsage>()
            .Says("The counts in the last chunk, null in the others.")
            .Is(context => Schema.AnyOf(Schema.Of<CompletionUsage>(context), Schema.Null)),
    ];
}
