using System.Globalization;
using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

internal static class ModelMapping
{
    /// <param name="id">The name under which the model was asked for.</param>
    /// <param name="context">The runner's, in tokens; null when it is not known.</param>
    public static ModelObject ToObject(ModelInfo model, string id, bool isAlias, int? context) => new()
    {
        Id = id,
        Created = model.ModifiedAt.ToUnixTimeSeconds(),
        OwnedBy = isAlias ? "alias" : "library",
        ContextLength = context ?? model.ContextLength,
        Capabilities = model.Capabilities,
    };

    /// <param name="context">The runner's, in tokens; null when it is not known.</param>
    public static AnthropicModel ToAnthropicModel(ModelInfo model, string id, int? context) => new()
    {
        Id = id,
        DisplayName = id,
        CreatedAt = model.ModifiedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        MaxInputTokens = context,
    };

    /// <summary>The models, and then the aliases of those that are there.</summary>
    public static IReadOnlyList<ListedModel> List(IReadOnlyList<ModelInfo> models, ModelAliases aliases) =>
    [
        .. models.Select(model => new ListedModel(model.Name, model, IsAlias: false)),
        .. from alias in aliases.Names
           let model = Find(models, aliases.Resolve(alias))
           where model is not null
           select new ListedModel(alias, model, IsAlias: true),
    ];

    /// <param name="asked">The name as the caller wrote it.</param>
    public static ModelInfo FindOrThrow(IReadOnlyList<ModelInfo> models, string name, string asked) => Find(models, name)
        ?? throw new GatewayException(GatewayError.ModelNotFound, $"The model '{asked}' does not exist.") { Field = RequestField.Model };

    /// <summary>The model of a name, in any of its spellings.</summary>
    public static ModelInfo? Find(IReadOnlyList<ModelInfo> models, string id) =>
        models.FirstOrDefault(model => ModelName.AreSame(model.Name, id));
}

/// <summary>A model in the list.</summary>
/// <param name="Id">Its name, or an alias.</param>
internal sealed record ListedModel(string Id, ModelInfo Model, bool IsAlias);
