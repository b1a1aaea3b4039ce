using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;
using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>A model is loaded on a host.</summary>
/// <param name="KeyId">The id of the admin key.</param>
public sealed record LoadModelCommand(string KeyId, ChangeTarget Body) : IRequest<AdminDone>, IValidatedRequest<ChangeTarget>;

internal sealed class LoadModelHandler(ISharedHosts hosts, AdminChangeLog log) : IRequestHandler<LoadModelCommand, AdminDone>
{
    public async Task<AdminDone> Handle(LoadModelCommand request, CancellationToken cancellationToken) =>
        log.Record(request.KeyId, "load", request.Body, await hosts.LoadAsync(request.Body.Host!, request.Body.Model!, cancellationToken));
}
