using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Caching;

/// <summary>With whom a caller shares cached answers and answers in flight, by the keys under which they are kept.</summary>
internal static class CacheSharing
{
    /// <summary>False: nothing is looked up, stored or joined for this caller.</summary>
    public static bool IsOnFor(Caller caller) => caller.Policy.Cache is not CacheScope.Off;

    /// <summary>The key of an answer as this caller finds it. No two callers have the same unless both share with all.</summary>
    public static string KeyFor(Caller caller, string key) =>
        caller.Policy.Cache is CacheScope.Own ? $"own:{caller.Id.Length}:{caller.Id}:{key}" : key;
}
