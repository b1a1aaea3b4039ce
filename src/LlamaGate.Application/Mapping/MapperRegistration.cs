using AutoMapper;
using AutoMapper.Internal;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.Completions;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Application.Mapping;

internal static class MapperRegistration
{
    /// <summary>
    /// Every map is flat. The limit guards against advisory GHSA-rvv3-g6hj-g44x, which is not fixed in AutoMapper 14: a map of a type
    /// that contains itself must not recurse without limit (ADR 5). It is not 1, because the library would then leave the lists
    /// of a flat type empty, such as the stop sequences.
    /// </summary>
    internal const int MaxDepth = 2;

    /// <summary>The maps are compiled once, at first use.</summary>
    public static void AddMapper(this IServiceCollection services) => services.AddSingleton(_ => CreateMapper());

    internal static IMapper CreateMapper() => new MapperConfiguration(configuration =>
    {
        configuration.AllowNullCollections = true;
        configuration.AddProfile<ChatCompletionProfile>();
        configuration.AddProfile<CompletionProfile>();
        configuration.Internal().ForAllMaps(static (_, map) => map.MaxDepth(MaxDepth));
    }).CreateMapper();
}
