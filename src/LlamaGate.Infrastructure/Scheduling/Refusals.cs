using System.Globalization;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Why a call gets no slot, as the error for its caller.</summary>
internal static class Refusals
{
    /// <summary>So that callers who were refused together do not come back together.</summary>
    private const double MaxExtra = 0.2;

    /// <param name="maxWaiting">Calls of the principal that may wait at a time.</param>
    /// <param name="queueTimeout">QUEUE_TIMEOUT if the call has waited; null if it is refused at its arrival.</param>
    /// <param name="refusal">The reason.</param>
    /// <param name="noHost">The error when no host can take the call.</param>
    public static GatewayException ToException(int maxWaiting, TimeSpan? queueTimeout, Refusal refusal, Func<GatewayException> noHost) => refusal.Reason switch
    {
        RefusalReason.NoHost => noHost(),
        RefusalReason.LoadFailed when refusal.Cause is GatewayException cause => Again(cause, refusal),
        RefusalReason.LoadFailed => Refuse(GatewayError.UpstreamError, "The model could not be loaded.", refusal),
        RefusalReason.TooManyWaiting => Refuse(
            GatewayError.TooManyWaiting,
            maxWaiting == 0
                ? "All slots that could serve the request are in use, and your requests may not wait. Try again later."
                : $"{maxWaiting} of your requests wait already, and no more may wait at a time. Wait until one has begun.",
            refusal),
        RefusalReason.QueueFull => Refuse(GatewayError.QueueFull, "The queue of this gateway is full. Try again later.", refusal),
        RefusalReason.QueueTimeout => Refuse(GatewayError.QueueTimeout, QueueTimeout(queueTimeout, refusal), refusal),
        RefusalReason.ShuttingDown => Refuse(GatewayError.ShuttingDown, "The gateway is shutting down. Try again.", refusal),
        RefusalReason.KeyRemoved => new GatewayException(GatewayError.InvalidApiKey, "The API key is no longer valid."),
        RefusalReason.Cancelled => Cancelled(),
        RefusalReason.NoRoom => NoRoom(),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };

    /// <summary>Clients that try again by themselves would undo what the administrator did.</summary>
    public static GatewayException Cancelled() => new(GatewayError.Cancelled, "An administrator cancelled the call.") { FailsAgain = true };

    private static GatewayException NoRoom() => new(
        GatewayError.NoHost, "The model does not fit on any host beside the pinned models, and no pinned model is unloaded. Ask an administrator.")
    {
        FailsAgain = true,
    };

    private static string QueueTimeout(TimeSpan? queueTimeout, Refusal refusal) => queueTimeout is { } waited
        ? $"The request waited for {Seconds(waited)} s, which is the longest wait that QUEUE_TIMEOUT allows. Try again later."
        : $"The request would have to wait for about {Seconds(refusal.Wait ?? refusal.RetryAfter)} s, which is longer than QUEUE_TIMEOUT allows. "
            + "Try again later.";

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    private static GatewayException Refuse(GatewayError error, string message, Refusal refusal) =>
        new(error, message) { RetryAfter = Spread(refusal.RetryAfter) };

    /// <summary>A failed load is the failure of each call that waited for it.</summary>
    private static GatewayException Again(GatewayException cause, Refusal refusal) => new(cause.Error, cause.Message, cause)
    {
        Field = cause.Field,
        UpstreamStatus = cause.UpstreamStatus,
        UpstreamWords = cause.UpstreamWords,
        FailsAgain = cause.FailsAgain,
        LogDetail = cause.LogDetail,
        RetryAfter = cause.RetryAfter ?? (cause.FailsAgain || cause.Error is GatewayError.ModelNotFound ? null : Spread(refusal.RetryAfter)),
    };

    private static TimeSpan Spread(TimeSpan wait) => wait * (1 + (MaxExtra * Random.Shared.NextDouble()));
}
