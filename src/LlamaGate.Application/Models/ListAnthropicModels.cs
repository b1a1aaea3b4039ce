using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Models;

/// <summary>What <see cref="ListModelsQuery"/> lists, in pages and in Anthropic's form.</summary>
/// <param name="Limit">1–1000; null for the most.</param>
/// <param name="After">The id behind which the page begins.</param>
/// <param name="Before">The id before which the page ends.</param>
public sealed record ListAnthropicModelsQuery(int? Limit, string? After, string? Before, RequestContext Context) : IRequest<AnthropicModelList>;

internal sealed class ListAnthropicModelsHandler(IModelCatalogue catalogue, ModelAliases aliases)
    : IRequestHandler<ListAnthropicModelsQuery, AnthropicModelList>
{
    private const int MaxModels = 1000;

    public async Task<AnthropicModelList> Handle(ListAnthropicModelsQuery request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > MaxModels)
        {
            throw new GatewayException(GatewayError.InvalidRequest, $"limit must be between 1 and {MaxModels}.") { Path = "limit" };
        }

        var all = ModelMapping.List(await catalogue.ListAllowedAsync(request.Context, cancellationToken), aliases);
        var from = request.After is { } after ? IndexOf(all, after, "after_id") + 1 : 0;
        var to = request.Before is { } before ? IndexOf(all, before, "before_id") : all.Count;
        var found = all.Take(to).Skip(from).ToList();
        var limit = request.Limit ?? MaxModels;
        // A page that ends before a model is the one next to it.
        var page = request is { Before: not null, After: null } ? found.TakeLast(limit) : found.Take(limit);
        var contexts = found.Count > 0 ? await catalogue.ListContextLengthsAsync(cancellationToken) : null;
        return new AnthropicModelList
        {
            Data = [.. page.Select(listed => ModelMapping.ToAnthropicModel(
                listed.Model, listed.Id, contexts?.GetValueOrDefault(listed.Model.Name)))],
            HasMore = found.Count > limit,
        };
    }

    private static int IndexOf(IReadOnlyList<ListedModel> all, string id, string path)
    {
        var index = all.Index().FirstOrDefault(model => model.Item.Id == id, (-1, null!)).Index;
        return index >= 0
            ? index
            : throw new GatewayException(GatewayError.InvalidRequest, $"{path} is not the id of a model in the list.") { Path = path };
    }
}
