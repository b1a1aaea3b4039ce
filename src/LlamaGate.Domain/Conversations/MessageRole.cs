namespace LlamaGate.Domain.Conversations;

/// <summary>The author of a message. OpenAI's <c>developer</c> is <see cref="System"/> here and its <c>function</c> is <see cref="Tool"/>.</summary>
public enum MessageRole
{
    System,
    User,
    Assistant,
    Tool,
}
