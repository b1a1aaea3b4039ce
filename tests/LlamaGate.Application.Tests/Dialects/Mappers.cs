using LlamaGate.Application.Conversations;
using LlamaGate.Application.Mapping;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Tests.Dialects;

internal static class Mappers
{
    /// <summary>The product's mapper, with one alias.</summary>
    public static DomainMapper Aliased(string alias, string model) => new(
        MapperRegistration.CreateMapper(),
        new ModelAliases([new(alias, model)]),
        ModelOptions.None, HostSharing.Off);
}
