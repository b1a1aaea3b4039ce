using LlamaGate.Application.Models.Contracts;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Models;

internal static class ModelMapping
{
    /// <param name="id">The name under which the model was asked for.</param>
    public static ModelObject ToObject(ModelInfo model, string id) =>
        new() { Id = id, Created = model.ModifiedAt.ToUnixTimeSeconds(), OwnedBy = "library" };
}
