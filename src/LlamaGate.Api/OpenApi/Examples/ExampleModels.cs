using LlamaGate.Api.Authentication;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using MediatR;

namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>
/// The models in the examples: ones that the upstream has, so that the examples work unchanged. The request for them has a time limit and
/// may fail; the document never waits longer and never fails because of it. With KEYS_FILE the names are common ones: everybody may read the
/// document, but not every key may use every model.
/// </summary>
internal sealed class ExampleModels(IServiceScopeFactory scopes, Callers callers, ICallerDirectory directory, TimeProvider timeProvider)
{
    /// <summary>The placeholder for a chat model in an example.</summary>
    public const string ChatPlaceholder = "{chat-model}";

    /// <summary>The placeholder for an embedding model in an example.</summary>
    public const string EmbeddingPlaceholder = "{embedding-model}";

    public const string FallbackChat = "llama3.2";
    public const string FallbackEmbedding = "nomic-embed-text";

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    /// <summary>Ollama's list does not contain capabilities, but the names of its embedding models reveal them.</summary>
    private static readonly string[] EmbeddingMarks = ["embed", "minilm", "bge-", "rerank"];

    /// <returns>The replacement for each placeholder.</returns>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync(CancellationToken cancellationToken)
    {
        var names = directory.Keys is null ? await ListAsync(cancellationToken) : [];
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
            // Any failure: /health and the models endpoint report it better than a missing document.
            return [];
        }
    }
}
