using LlamaGate.Application.Abstractions;

namespace LlamaGate.Application.Accounts;

/// <summary>
/// Refuses calls of keys whose quota is used up. It stands above the queue, so that such a call does not wait first, and above the meter, so
/// that a call's record is added before its reservation ends. Callers without a quota pass.
/// </summary>
internal sealed class QuotaCalls(IUpstreamCalls calls, QuotaBook book) : IUpstreamCalls
{
    public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken) =>
        call.Context.Caller.Policy.HasQuota && call.Endpoint.Operation() is not null
            ? ReserveAsync(call, cancellationToken)
            : calls.StartAsync(call, cancellationToken);

    private async Task<IUpstreamAnswer> ReserveAsync(UpstreamCall call, CancellationToken cancellationToken)
    {
        var reservation = await book.ReserveAsync(call, cancellationToken);
        try
        {
            return new QuotedAnswer(await calls.StartAsync(call, cancellationToken), reservation);
        }
        catch
        {
            reservation.Dispose();
            throw;
        }
    }
}
