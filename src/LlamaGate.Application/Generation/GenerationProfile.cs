using AutoMapper;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Generation;

/// <summary>The flat members that chats and completions share.</summary>
internal sealed class GenerationProfile : Profile
{
    public GenerationProfile() => CreateMap<TokenUsage, CompletionUsage>();
}
