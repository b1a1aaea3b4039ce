using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

internal static class ModelMapping
{
    private const string DefaultTag = ":latest";

    /// <param name="id">The requested name of the model.</param>
    public static ModelObject ToObject(ModelInfo model, string id, bool isAlias = false) =>
        new() { Id = id, Created = model.ModifiedAt.ToUnixTimeSeconds(), OwnedBy = isAlias ? "alias" : "library" };

    /// <summary>Finds a model by name. Without a tag, <c>:latest</c> is used; Ollama's names are case-insensitive.</summary>
    public static ModelInfo? Find(IReadOnlyList<ModelInfo> models, string id) => models.FirstOrDefault(model =>
        model.Name.Equals(id, StringComparison.OrdinalIgnoreCase)
        || model.Name.Equals(id + DefaultTag, StringComparison.OrdinalIgnoreCase));
}
