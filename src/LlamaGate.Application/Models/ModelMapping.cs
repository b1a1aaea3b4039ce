using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

internal static class ModelMapping
{
    /// <param name="id">The name under which the model was asked for.</param>
    public static ModelObject ToObject(ModelInfo model, string id, bool isAlias = false) =>
        new() { Id = id, Created = model.ModifiedAt.ToUnixTimeSeconds(), OwnedBy = isAlias ? "alias" : "library" };

    /// <summary>The model of a name, in any of its spellings.</summary>
    public static ModelInfo? Find(IReadOnlyList<ModelInfo> models, string id) =>
        models.FirstOrDefault(model => ModelName.AreSame(model.Name, id));
}
