using LlamaGate.Application.Conversations;
using LlamaGate.Application.Mapping;
using LlamaGate.Application.Models;

namespace LlamaGate.Application.Tests.Mapping;

/// <summary>The real maps, without aliases.</summary>
internal static class TestMapper
{
    public static DomainMapper Create() =>
        new(MapperRegistration.CreateMapper(), ModelAliases.None, ModelOptions.None, HostSharing.Off);
}
