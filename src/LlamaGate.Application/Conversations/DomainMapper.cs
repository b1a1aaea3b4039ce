using AutoMapper;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>What every dialect needs to map its body: the flat members by AutoMapper, and the names of models.</summary>
internal sealed class DomainMapper(IMapper mapper, ModelAliases aliases)
{
    /// <summary>The members that have the same name on both sides.</summary>
    public GenerationOptions ToOptions(object body) => mapper.Map<GenerationOptions>(body);

    /// <summary>The model that a name stands for; the name itself when it is no alias.</summary>
    public string ToModel(string name) => aliases.Resolve(name);
}
