using AutoMapper;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>The flat members of a completion, which have the same name on both sides.</summary>
internal sealed class CompletionProfile : Profile
{
    public CompletionProfile()
    {
        // Absent must stay absent: an empty stop list is a value, and would override the Modelfile's.
        AllowNullCollections = true;
        CreateMap<CreateCompletionRequest, GenerationOptions>().ForMember(o => o.Vendor, map => map.MapFrom(r => r.Options));
    }
}
