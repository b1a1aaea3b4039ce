namespace LlamaGate.Application.Chat;

internal static class ChatIds
{
    /// <summary>An OpenAI chat id: <c>chatcmpl-</c> and 24 random letters and digits.</summary>
    public static string New() => "chatcmpl-" + RandomIds.New();
}
