using LlamaGate.Application.Conversations;
using LlamaGate.Application.Mapping;
using LlamaGate.Application.Models;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlamaGate.Application.Tests.Dialects;

internal static class Mappers
{
    /// <summary>The product's mapper, with one alias.</summary>
    public static DomainMapper Aliased(string alias, string model) => new(
        MapperRegistration.CreateMapper(NullLoggerFactory.Instance, licenseKey: null),
        new ModelAliases([new(alias, model)]));
}
