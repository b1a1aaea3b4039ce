using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Native.Contracts;

namespace LlamaGate.Api.Native;

/// <summary>What is to be known of a native request before its body is read.</summary>
/// <param name="MayStream">Whether the endpoint streams where the body does not say otherwise.</param>
internal sealed record NativeCall(UpstreamEndpoint Endpoint, bool MayStream, RequestContext Context)
{
    /// <summary>The members of a body that have no effect; called when the headers of an answer without error are written.</summary>
    public Func<NativeBody, IReadOnlyList<string>> Ignored { get; init; } = _ => [];
}
