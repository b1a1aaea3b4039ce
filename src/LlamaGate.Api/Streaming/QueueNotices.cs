using LlamaGate.Api.Configuration;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Streaming;

/// <summary>
/// The comments that show a waiting client the place of its call in the queue of shared hosts: one when something has changed, at most
/// one in each interval. Used by one thread at a time.
/// </summary>
internal sealed class QueueNotices(Exchange exchange, TimeSpan interval, TimeProvider timeProvider)
{
    private long _checkedAt = timeProvider.GetTimestamp();
    private string? _told;
    private bool _hasMore;

    /// <summary>From one look at the queue to the next.</summary>
    public TimeSpan Interval => interval;

    /// <summary>Whether a call is in the queue and has not been sent.</summary>
    public bool IsWaiting => exchange.Place?.Describe().State is QueueState.Waiting or QueueState.Loading;

    /// <summary>Until the next look at the queue; null while there is nothing to see.</summary>
    public TimeSpan? DueIn
    {
        get
        {
            if (!_hasMore)
            {
                return null;
            }

            var left = interval - timeProvider.GetElapsedTime(_checkedAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Null when the hosts are not shared, so that there is no queue, and when notices are switched off.</summary>
    public static QueueNotices? For(HttpContext http, GatewaySettings settings, TimeProvider timeProvider) =>
        settings.QueueNotice > TimeSpan.Zero && http.RequestServices.GetRequiredService<HostSharing>().IsOn
            ? new QueueNotices(http.Exchange(), settings.QueueNotice, timeProvider)
            : null;

    /// <summary>The headers are about to be sent. They name the host of a call that has been sent, so no comment repeats it.</summary>
    public void NoteHeaders() => _told = exchange.Route is { } route ? QueueComment.Of(route) : null;

    /// <summary>The comment at the end of the first silence, for which the headers waited; null when none is due.</summary>
    /// <param name="keepAlive">The longest such silence; zero = no limit.</param>
    public string? TakeFirst(TimeSpan keepAlive)
    {
        if (keepAlive <= TimeSpan.Zero || interval <= keepAlive)
        {
            return Take();
        }

        _hasMore = IsWaiting;
        return null;
    }

    /// <summary>The next comment; null before the interval has passed, and when nothing has changed.</summary>
    public string? TakeDue() => timeProvider.GetElapsedTime(_checkedAt) >= interval ? Take() : null;

    /// <summary>The last comment, with host and context; null when the headers or a comment have said it.</summary>
    public string? TakeLast()
    {
        _hasMore = false;
        return exchange.Place is not null && exchange.Route is { } route ? Tell(QueueComment.Of(route)) : null;
    }

    private string? Take()
    {
        _checkedAt = timeProvider.GetTimestamp();
        switch (exchange.Place?.Describe())
        {
            case null:
                return null;
            case { State: QueueState.Running }:
                // It leaves the queue a moment before it is sent.
                _hasMore = exchange.Route is null;
                return exchange.Route is { } route ? Tell(QueueComment.Of(route)) : null;
            case var entry:
                _hasMore = true;
                return Tell(QueueComment.Of(entry));
        }
    }

    private string? Tell(string comment) => comment == _told ? null : _told = comment;
}
