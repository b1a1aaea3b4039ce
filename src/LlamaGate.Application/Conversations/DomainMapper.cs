using AutoMapper;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>Maps what all dialects have in common: the flat members by AutoMapper, and the names of models.</summary>
internal sealed class DomainMapper(IMapper mapper, ModelAliases aliases)
{
    /// <summary>The members that have the same name on both sides.</summary>
    public GenerationOptions ToOptions(object body) => mapper.Map<GenerationOptions>(body);

    /// <summary>The model that a name refers to; the name itself when it is not an alias.</summary>
    public string ToModel(string name) => aliases.Resolve(name);
}
