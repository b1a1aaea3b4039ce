using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Application.Native.Contracts;
using MediatR;

namespace LlamaGate.Application.Native;

/// <summary>Passes a call of Ollama's own API through.</summary>
/// <param name="Endpoint">Which one.</param>
/// <param name="Body">Needed until the answer has begun.</param>
public sealed record CallNativeCommand(UpstreamEndpoint Endpoint, NativeBody Body, RequestContext Context)
    : IRequest<INativeAnswer>, IValidatedRequest<NativeBody>;

internal sealed class CallNativeHandler(INativeClient native, ModelAliases aliases, HostSharing sharing, EmbeddingModels embeddings)
    : IRequestHandler<CallNativeCommand, INativeAnswer>
{
    public async Task<INativeAnswer> Handle(CallNativeCommand request, CancellationToken cancellationToken)
    {
        // A caller that creates, copies or removes a model means one of Ollama's own.
        var isOfOllamas = request.Endpoint
            is UpstreamEndpoint.Create or UpstreamEndpoint.Copy or UpstreamEndpoint.Delete or UpstreamEndpoint.Push;
        var valid = isOfOllamas ? ModelAliases.None : aliases;
        NativeAccess.ThrowUnlessAllowed(request.Context.Caller, request.Body, valid);
        var loads = sharing.IsOn && LoadsModel(request.Endpoint);
        using var body = AliasedBody.Of(request.Body, valid, loads);
        if (request.Endpoint is UpstreamEndpoint.Embed or UpstreamEndpoint.Embeddings)
        {
            await embeddings.RequireAsync(body.Model, request.Context, cancellationToken);
        }

        var answer = await native.StartAsync(
            new UpstreamCall(request.Endpoint, request.Context)
            {
                Model = body.Model,
                Body = body.Json,
                Demand = LoadsModel(request.Endpoint) && body.Model.Length > 0
                    ? request.Body.Demand?.ToDemand(body.OptionsAt, Generates(request.Endpoint))
                    : null,
            },
            cancellationToken);
        return body.IsRenamed ? new RewrittenAnswer(answer, new AskedName(AskedIn(request.Body))) : answer;
    }

    /// <summary>The calls that load a model, and of which the options say how.</summary>
    private static bool LoadsModel(UpstreamEndpoint endpoint) =>
        endpoint is UpstreamEndpoint.Chat or UpstreamEndpoint.Generate or UpstreamEndpoint.Embed or UpstreamEndpoint.Embeddings;

    private static bool Generates(UpstreamEndpoint endpoint) => endpoint is UpstreamEndpoint.Chat or UpstreamEndpoint.Generate;

    private static byte[] AskedIn(NativeBody body)
    {
        var asked = body.Names.First(named => named.Name == body.Model);
        return body.Json.Slice(asked.Start, asked.Length).ToArray();
    }
}
