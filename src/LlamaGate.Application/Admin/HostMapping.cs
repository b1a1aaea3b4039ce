using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin.Contracts;

namespace LlamaGate.Application.Admin;

/// <summary>Shared hosts as the administration writes them.</summary>
internal static class HostMapping
{
    public static AdminHost ToHost(SharedHostState host) => new()
    {
        Name = host.Status.Name,
        Url = host.Status.Address,
        State = host.Status.State,
        Drained = host.IsDraining,
        Reason = host.Status.Fault,
        OllamaVersion = host.Status.Version,
        SlotsBusy = host.Runners.Sum(runner => runner.Busy),
        Slots = host.Runners.Sum(runner => runner.Slots),
        VramUsedBytes = host.Runners.All(runner => runner.VideoMemory is not null) ? host.Runners.Sum(runner => runner.VideoMemory) : null,
        VramBytes = host.VideoMemory,
        Models = [.. host.Runners.Select(ToRunner)],
        Available = host.Available,
        Loading = host.Load is { } load
            ? new AdminPendingLoad
            {
                Model = load.Model,
                Reason = load.Reason,
                Seconds = load.Running.ToSeconds(),
                Eta = load.Left.ToSeconds(),
            }
            : null,
    };

    /// <summary>The only host of a gateway that does not share it.</summary>
    public static AdminHost ToHost(string address, string? fault) => new()
    {
        Name = Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.Host : address,
        Url = address,
        State = fault is null ? "up" : "down",
        Drained = false,
        Reason = fault,
        OllamaVersion = null,
        SlotsBusy = 0,
        Slots = 0,
        VramUsedBytes = null,
        VramBytes = null,
        Models = [],
        Available = [],
        Loading = null,
    };

    public static AdminQueue ToQueue(SharedHostsState? state) => new()
    {
        Waiting = state?.Waiting ?? 0,
        Max = state?.QueueMax ?? 0,
        Calls = [.. (state?.Queue ?? []).Select(ToWaiting)],
    };

    public static AdminLoad ToLoad(ModelLoad load) => new()
    {
        At = load.At,
        Host = load.Host,
        Model = load.Model,
        Reason = load.Reason,
        Seconds = load.Duration.ToSeconds(),
        Outcome = load.IsLoaded switch { null => "running", true => "ok", false => "failed" },
        Error = load.Error,
        For = load.KeyId,
        Waiting = load.Waiting,
        Evicted = load.Evicted,
    };

    private static AdminRunner ToRunner(SharedRunnerState runner) => new()
    {
        Name = runner.Model,
        Context = runner.Context,
        SizeBytes = runner.Size,
        VramBytes = runner.VideoMemory,
        Slots = runner.Slots,
        SlotsLearned = runner.LearnsSlots,
        Gate = runner.IsOpen ? "open" : "closed",
        Pinned = runner.IsPinned,
        Expires = runner.Expires,
        Running = [.. runner.Calls.Select(ToRunning)],
    };

    private static AdminRunningCall ToRunning(SharedCallState call) => new()
    {
        Id = call.Entry.Id,
        Key = call.KeyId,
        User = call.User,
        Priority = call.Priority.ToWord(),
        Seconds = call.Running.ToSeconds(),
    };

    private static AdminWaitingCall ToWaiting(SharedCallState call) => new()
    {
        Id = call.Entry.Id,
        Model = call.Entry.Model,
        Key = call.KeyId,
        User = call.User,
        Priority = call.Priority.ToWord(),
        State = AdminValues.StateOf(call.Entry),
        Position = call.Entry.Position,
        Eta = call.Entry.Eta?.ToSeconds(),
        Waited = call.Entry.Waited.ToSeconds(),
    };
}
