namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>A group of endpoints, shown in this order.</summary>
internal sealed record ApiTag(string Name, string Description)
{
    public static readonly ApiTag Chat = OfOpenAI("Chat", "Conversations with a model, answered at once or as a stream.");
    public static readonly ApiTag Responses = OfOpenAI("Responses", "OpenAI's newer endpoint for conversations.");
    public static readonly ApiTag Completions = OfOpenAI("Completions", "Prompts outside of a conversation, OpenAI's older endpoint.");
    public static readonly ApiTag Embeddings = OfOpenAI("Embeddings", "Texts as vectors, for search and comparison.");
    public static readonly ApiTag Anthropic = new("Anthropic", "Conversations in the words of Anthropic's API, for its clients.");
    public static readonly ApiTag Models = OfOpenAI("Models", "What this server's Ollama has.");
    public static readonly ApiTag Ollama = new(
        "Ollama", "Ollama's own API, passed through for programs that speak it. Errors are a text: `{\"error\": \"…\"}`. Models are not changed.");
    public static readonly ApiTag Health = new("Health", "For people, monitors and load balancers. Open without a key, never limited.");

    public static IReadOnlyList<ApiTag> All { get; } = [Chat, Responses, Completions, Embeddings, Anthropic, Models, Health, Ollama];

    /// <summary>Whether its endpoints are shown when the page opens: OpenAI's are. Of the others only the name is, until it is clicked.</summary>
    public bool IsExpanded { get; private init; }

    public int Order => All.Index().First(tag => tag.Item == this).Index;

    private static ApiTag OfOpenAI(string name, string description) => new(name, description) { IsExpanded = true };
}
