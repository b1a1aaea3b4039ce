using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>What the document says of one endpoint beyond its types.</summary>
internal abstract class EndpointPage
{
    /// <summary>The name that generated clients give the call; OpenAI's own where there is one.</summary>
    public abstract string OperationId { get; }

    public abstract ApiTag Tag { get; }

    /// <summary>One line.</summary>
    public abstract string Summary { get; }

    /// <summary>Markdown: what it does, its limits, what can go wrong.</summary>
    public abstract string Description { get; }

    public virtual string? RequestDescription => null;

    public virtual IReadOnlyList<PageParameter> Parameters { get; } = [];

    /// <summary>What the answers say that are no errors, by status.</summary>
    public virtual IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>();

    /// <summary>Headers of a successful answer besides those that every answer has.</summary>
    public virtual IReadOnlyList<string> AnswerHeaders { get; } = [];

    /// <summary>The first of the request's is the one that "Try it out" starts with.</summary>
    public virtual IReadOnlyList<PageExample> Examples { get; } = [];
}
