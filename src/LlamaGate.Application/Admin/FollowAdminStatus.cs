using MediatR;

namespace LlamaGate.Application.Admin;

/// <summary>The status, again whenever it has changed. There is nothing to validate.</summary>
/// <param name="KeyId">The id of the admin key.</param>
public sealed record FollowAdminStatusQuery(string KeyId) : IRequest<StatusFeed>;

internal sealed class FollowAdminStatusHandler(StatusListeners listeners) : IRequestHandler<FollowAdminStatusQuery, StatusFeed>
{
    public Task<StatusFeed> Handle(FollowAdminStatusQuery request, CancellationToken cancellationToken) =>
        Task.FromResult(listeners.Listen(request.KeyId));
}
