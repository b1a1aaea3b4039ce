using AutoMapper;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>The flat members of a chat, which have the same name on both sides.</summary>
internal sealed class ChatCompletionProfile : Profile
{
    public ChatCompletionProfile()
    {
        // Absent must stay absent: an empty stop list is a value, and would override the Modelfile's.
        AllowNullCollections = true;
        CreateMap<ChatCompletionRequest, GenerationOptions>()
            .ForMember(o => o.MaxTokens, map => map.MapFrom(r => r.MaxCompletionTokens ?? r.MaxTokens))
            .ForMember(o => o.Vendor, map => map.MapFrom(r => r.Options));
    }
}
