using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>The description of one endpoint beyond its types.</summary>
internal abstract class EndpointPage
{
    /// <summary>The name of the call in generated clients; OpenAI's own if there is one.</summary>
    public abstract string OperationId { get; }

    public abstract ApiTag Tag { get; }

    /// <summary>One line.</summary>
    public abstract string Summary { get; }

    /// <summary>Markdown: what it does, its limits, what can go wrong.</summary>
    public abstract string Description { get; }

    public virtual string? RequestDescription => null;

    public virtual IReadOnlyList<PageParameter> Parameters { get; } = [];

    /// <summary>Descriptions of the successful answers, by status.</summary>
    public virtual IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>();

    /// <summary>Headers of a successful answer, in addition to those of every answer.</summary>
    public virtual IReadOnlyList<string> AnswerHeaders { get; } = [];

    /// <summary>"Try it out" starts with the first request example.</summary>
    public virtual IReadOnlyList<PageExample> Examples { get; } = [];
}
