namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>A group of endpoints, shown in this order.</summary>
internal sealed record ApiTag(string Name, string Description)
{
    public static readonly ApiTag Chat = OfOpenAI("Chat", "Conversations with a model, plain or streamed.");
    public static readonly ApiTag Responses = OfOpenAI("Responses", "OpenAI's newer endpoint for conversations.");
    public static readonly ApiTag Completions = OfOpenAI("Completions", "Prompts without a conversation: OpenAI's legacy endpoint.");
    public static readonly ApiTag Embeddings = OfOpenAI("Embeddings", "Strings as vectors, for search and comparison.");
    public static readonly ApiTag Anthropic = new("Anthropic", "Conversations in Anthropic's API, for its clients.");
    public static readonly ApiTag Models = OfOpenAI("Models", "The models of this server's Ollama.");
    public static readonly ApiTag Queue = new("Queue", "Your calls that wait for shared hosts.");
    public static readonly ApiTag Usage = new("Usage", "What your key has used.");
    public static readonly ApiTag Admin = new(
        "Admin", "For administrators: the state of hosts, queue and accounts, and changes to them. Needs `ADMIN_KEY` or a key with `admin`; "
            + "if there is no such key, these routes do not exist.");
    public static readonly ApiTag Ollama = new(
        "Ollama", "Ollama's own API, passed through for programs that use it. Errors are a string: `{\"error\": \"…\"}`. By default it cannot change models.");
    public static readonly ApiTag Health = new("Health", "For people, monitoring and load balancers. No rate limit, and no key except for the metrics.");

    public static IReadOnlyList<ApiTag> All { get; } =
        [Chat, Responses, Completions, Embeddings, Anthropic, Models, Queue, Usage, Health, Admin, Ollama];

    /// <summary>Whether its endpoints are shown when the page opens: OpenAI's are. Of the others only the name is, until it is clicked.</summary>
    public bool IsExpanded { get; private init; }

    public int Order => All.Index().First(tag => tag.Item == this).Index;

    private static ApiTag OfOpenAI(string name, string description) => new(name, description) { IsExpanded = true };
}
