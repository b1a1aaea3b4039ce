namespace LlamaGate.Domain.Chat;

/// <summary>Who speaks. OpenAI's <c>developer</c> is <see cref="System"/> here and its <c>function</c> is <see cref="Tool"/>.</summary>
public enum ChatRole
{
    System,
    User,
    Assistant,
    Tool,
}
