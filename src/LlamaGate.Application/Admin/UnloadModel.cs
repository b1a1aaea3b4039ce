using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>A model is unloaded on a host, once its running calls have ended.</summary>
/// <param name="KeyId">The id of the admin key.</param>
public sealed record UnloadModelCommand(string KeyId, ChangeTarget Body) : IRequest<AdminDone>, IValidatedRequest<ChangeTarget>;

internal sealed class UnloadModelHandler(ISharedHosts hosts, AdminChangeLog log) : IRequestHandler<UnloadModelCommand, AdminDone>
{
    public async Task<AdminDone> Handle(UnloadModelCommand request, CancellationToken cancellationToken) =>
        log.Record(request.KeyId, "unload", request.Body, await hosts.UnloadAsync(request.Body.Host!, request.Body.Model!, cancellationToken));
}
