using LlamaGate.Api.Authentication;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using MediatR;

namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>
/// The models that examples name: ones the upstream has, so that the examples work as they stand. Asking is bounded and may fail;
/// the document never waits for it longer and never fails with it.
/// </summary>
internal sealed class ExampleModels(IServiceScopeFactory scopes, Callers callers, TimeProvider timeProvider)
{
    /// <summary>Stands in an example for a model that can chat.</summary>
    public const string ChatPlaceholder = "{chat-model}";

    /// <summary>Stands in an example for a model that makes embeddings.</summary>
    public const string EmbeddingPlaceholder = "{embedding-model}";

    public const string FallbackChat = "llama3.2";
    public const string FallbackEmbedding = "nomic-embed-text";

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>Ollama's list does not say what a model can; the names of its embedding models do.</summary>
    private static readonly string[] EmbeddingMarks = ["embed", "minilm", "bge-", "rerank"];

    /// <returns>What to write in place of each placeholder.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(CancellationToken cancellationToken)
    {
        var names = await ListAsync(cancellationToken);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ChatPlaceholder] = names.FirstOrDefault(name => !MakesEmbeddings(name)) ?? FallbackChat,
            [EmbeddingPlaceholder] = names.FirstOrDefault(MakesEmbeddings) ?? FallbackEmbedding,
        };
    }

    private static bool MakesEmbeddings(string name) =>
        EmbeddingMarks.Any(mark => name.Contains(mark, StringComparison.OrdinalIgnoreCase));

    private async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MaxWait, timeProvider);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var models = await scope.ServiceProvider.GetRequiredService<IMediator>()
                .Send(new ListModelsQuery(new RequestContext(null, callers.Anonymous)), ends.Token);
            return [.. models.Data.Select(model => model.Id)];
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, /health and the models endpoint tell it better than a missing document could.
            return [];
        }
    }
}
