using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>The fields of a request that have no effect here.</summary>
public static class CompletionIgnoredFields
{
    public static IReadOnlyList<string> Of(CreateCompletionRequest request)
    {
        var ignored = new IgnoredFieldNames();
        ignored.AddUnknown(request.Unknown);
        StreamIgnoredFields.Add(ignored, request.StreamOptions);
        return ignored.Names;
    }
}
