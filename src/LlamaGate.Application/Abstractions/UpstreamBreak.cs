using System.Diagnostics.CodeAnalysis;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>Lets somebody other than its caller end an upstream call. Everybody who reads it then gets the reason as an error.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The source has no timer and no handle.")]
public sealed class UpstreamBreak
{
    private readonly CancellationTokenSource _ends = new();
    private GatewayException? _reason;

    /// <summary>Fires when the call is ended.</summary>
    public CancellationToken Token => _ends.Token;

    /// <summary>Why it is ended; null while it is not.</summary>
    public GatewayException? Reason => Volatile.Read(ref _reason);

    /// <summary>The first reason counts.</summary>
    public void End(GatewayException reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            _ends.Cancel();
        }
    }
}
