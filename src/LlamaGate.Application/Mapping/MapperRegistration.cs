using AutoMapper;
using AutoMapper.Internal;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.Completions;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application.Mapping;

internal static class MapperRegistration
{
    /// <summary>
    /// Every map is flat. The limit is for advisory GHSA-rvv3-g6hj-g44x, which AutoMapper 14 is not cured of: a map of a type
    /// that contains itself must not follow its input down without an end (ADR 5). Not 1: the library would then leave the lists
    /// of a flat type empty, the stop sequences among them.
    /// </summary>
    internal const int MaxDepth = 2;

    /// <summary>The maps are compiled once, at the first use.</summary>
    public static void AddMapper(this IServiceCollection services) => services.AddSingleton(_ => CreateMapper());

    internal static IMapper CreateMapper() => new MapperConfiguration(configuration =>
    {
        configuration.AllowNullCollections = true;
        configuration.AddProfile<ChatCompletionProfile>();
        configuration.AddProfile<CompletionProfile>();
        configuration.Internal().ForAllMaps(static (_, map) => map.MaxDepth(MaxDepth));
    }).CreateMapper();
}
