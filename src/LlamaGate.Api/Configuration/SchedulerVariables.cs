using System.Globalization;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Configuration;

/// <summary>The part of <see cref="Variables"/> about sharing hosts. Defaults are in <see cref="SchedulerOptions"/>.</summary>
internal static class SchedulerVariables
{
    public const int MaxSlots = 64;

    private const string Learned = "auto";
    private const long BytesPerMb = 1024 * 1024;

    private static readonly TimeSpan MaxNotice = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static IReadOnlyList<Variable> All { get; } =
    [
        new("SLOTS", "a whole number from 1 to 64, or auto",
            "share the host: concurrent calls on a loaded model, the others wait; auto = learned",
            static (s, t) => Slots(s, t),
            static s => s.LearnsSlots ? Learned : s.Scheduler.Slots is { } slots ? VariableText.Of(slots) : ""),
        new("QUEUE_MAX", "a whole number from 1 to 100000", "most calls that can wait for shared hosts; more are refused with 503",
            static (s, t) => With(s, VariableText.Integer(t, 1, 100_000), static (o, most) => o with { QueueMax = most }),
            static s => VariableText.Of(s.Scheduler.QueueMax)),
        new("QUEUE_MAX_MB", "a whole number from 1 to 1048576 (MiB)", "memory for the bodies of waiting calls; more are refused with 503",
            static (s, t) => With(s, VariableText.Integer(t, 1, 1_048_576), static (o, mb) => o with { QueueMaxBytes = mb * BytesPerMb }),
            static s => VariableText.Of((int)(s.Scheduler.QueueMaxBytes / BytesPerMb))),
        new("QUEUE_TIMEOUT", "a duration like 30s or 1h30m, more than 0, at most 24h", "a call that waits longer is refused with 503",
            static (s, t) => With(s, VariableText.Positive(t, Day), static (o, time) => o with { QueueTimeout = time }),
            static s => GoDuration.Format(s.Scheduler.QueueTimeout)),
        new("QUEUE_NOTICE", "a duration like 5s, from 0 to 30m",
            "interval of comments about the queue in a waiting stream; 0 = none; empty = SSE_KEEPALIVE",
            static (s, t) => VariableText.Duration(t, MaxNotice) is { } time ? s with { OwnQueueNotice = time } : null,
            static s => s.OwnQueueNotice is { } time ? GoDuration.Format(time) : ""),
        new("PRIORITY_AGING", "a duration like 30s, more than 0, at most 24h", "a call that has waited this long rises by one priority",
            static (s, t) => With(s, VariableText.Positive(t, Day), static (o, time) => o with { PriorityAging = time }),
            static s => GoDuration.Format(s.Scheduler.PriorityAging)),
        new("FAIR_MEMORY", "a duration like 1m, from 0 to 24h", "how much of its earlier use of free slots counts against a key that comes back",
            static (s, t) => With(s, VariableText.Duration(t, Day), static (o, time) => o with { FairMemory = time }),
            static s => GoDuration.Format(s.Scheduler.FairMemory)),
        new("SWITCH_SHARE", "a decimal number from 0.001 to 0.9", "largest part of a busy host's time for loading models",
            static (s, t) => With(s, VariableText.Decimal(t, 0.001m, 0.9m), static (o, share) => o with { SwitchShare = (double)share }),
            static s => s.Scheduler.SwitchShare.ToString(CultureInfo.InvariantCulture)),
    ];

    private static GatewaySettings? Slots(GatewaySettings settings, string text) => text.Equals(Learned, StringComparison.OrdinalIgnoreCase)
        ? settings with { LearnsSlots = true, Scheduler = settings.Scheduler with { Slots = null } }
        : With(settings with { LearnsSlots = false }, VariableText.Integer(text, 1, MaxSlots), static (o, slots) => o with { Slots = slots });

    private static GatewaySettings? With<T>(GatewaySettings settings, T? value, Func<SchedulerOptions, T, SchedulerOptions> set)
        where T : struct =>
        value is { } given ? settings with { Scheduler = set(settings.Scheduler, given) } : null;
}
