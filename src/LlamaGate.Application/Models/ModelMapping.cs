using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

internal static class ModelMapping
{
    private const string DefaultTag = ":latest";

    /// <param name="id">The name under which the model was asked for.</param>
    public static ModelObject ToObject(ModelInfo model, string id, bool isAlias = false) =>
        new() { Id = id, Created = model.ModifiedAt.ToUnixTimeSeconds(), OwnedBy = isAlias ? "alias" : "library" };

    /// <summary>The model of a name. Without a tag, <c>:latest</c> is meant; Ollama does not tell upper from lower case.</summary>
    public static ModelInfo? Find(IReadOnlyList<ModelInfo> models, string id) => models.FirstOrDefault(model =>
        model.Name.Equals(id, StringComparison.OrdinalIgnoreCase)
        || model.Name.Equals(id + DefaultTag, StringComparison.OrdinalIgnoreCase));
}
