using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>The fields of a request that have no effect here.</summary>
public static class CompletionIgnoredFields
{
    /// <param name="sharesHosts">On shared hosts a service tier can have an effect.</param>
    public static IReadOnlyList<string> Of(CreateCompletionRequest request, bool sharesHosts)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        StreamIgnoredFields.Add(ignored, request.StreamOptions);
        return sharesHosts && ServiceTier.ToPriority(request.Unknown) is not null
            ? [.. ignored.Names.Where(name => name != ServiceTier.Name)]
            : ignored.Names;
    }
}
