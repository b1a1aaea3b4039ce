using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Domain.Tests.Scheduling;

/// <summary>What must never happen, checked on the whole state. It runs millions of times, so no text is made unless a check fails.</summary>
internal static class Invariants
{
    public static void Check(World world)
    {
        var state = world.Scheduler.State;
        foreach (var host in state.Hosts)
        {
            CheckHost(host, world);
        }

        var (count, bytes) = (0, 0L);
        foreach (var call in state.Waiting.All)
        {
            CheckWaiting(call, state);
            count++;
            bytes += call.Spec.BodyBytes;
        }

        That(count == state.Waiting.Count && bytes == state.Waiting.Bytes, "The sums of the queue are wrong");
        CheckModels(state);
        foreach (var principal in state.Principals.All)
        {
            That(double.IsFinite(principal.Counter) && principal is { Running: >= 0, Waiting: >= 0 }, "A principal's sums are wrong");
        }
    }

    private static void CheckHost(SchedulerHost host, World world)
    {
        foreach (var runner in host.Runners.Values)
        {
            // A tried call that waits inside Ollama stays there.
            var most = runner.Slots.Known + (runner.Slots.Configured is null ? 1 : 0);
            That(runner.Busy <= most, "1: more calls than slots");
            var trials = 0;
            foreach (var call in runner.Active)
            {
                That(call.Runner == runner && call.State is CallState.Running, "A call runs in two places");
                trials += call.Trial is null ? 0 : 1;
            }

            That(trials <= 1, "1: more than one slot is tried at a time");
        }

        var loads = 0;
        foreach (var load in world.Loads.Values)
        {
            loads += load.Host == host.Name ? 1 : 0;
        }

        That(loads <= 1, "5: two loads on a host");
        That(host.Load is null || host.Unload is null, "5: an operator's unload beside a load");
        if (host.Unload is { } wanted)
        {
            That(!wanted.Runner.IsOpen, "5: the gate of a runner that must go is open");
            That(host.Runners.ContainsValue(wanted.Runner), "An unload waits for a runner that has gone");
            That(wanted.IsSent || !wanted.Runner.IsIdle, "A drained runner is not unloaded");
            That(loads == 0, "5: an operator's unload beside a load");
        }

        foreach (var unload in world.Unloads)
        {
            That(unload.Host != host.Name || !host.IsPinned(unload.Model), "5: a pinned model is unloaded");
        }

        foreach (var closed in host.Load?.Plan.Closed ?? [])
        {
            That(!closed.IsOpen, "5: the gate of a victim is open");
            That(closed.Model == host.Load!.Model || !host.IsPinned(closed.Model.Key), "5: a pinned model must go");
        }
    }

    private static void CheckWaiting(CallTicket call, SchedulerState state)
    {
        That(call.Deadline > state.Now, "4: a call waits longer than QUEUE_TIMEOUT");
        if (call.State is CallState.Held)
        {
            That(call.Group is { Leader: not null } group && group.HeldUntil > state.Now, "2: a call is held too long");
            return;
        }

        foreach (var runner in state.IsRecovering ? [] : call.Line.Model.Runners)
        {
            That(call.Owner.IsFull || !runner.HasRoom(call, state.Now) || !call.IsServedBy(runner), "2: a slot is free that a waiting call may use");
        }
    }

    private static void CheckModels(SchedulerState state)
    {
        foreach (var model in state.Models)
        {
            var (count, seconds) = (0, 0.0);
            foreach (var call in state.Waiting.All)
            {
                if (call.Line.Model == model)
                {
                    count++;
                    seconds += call.Cost;
                }
            }

            That(count == model.Waiting && count > 0 == state.Waiting.Wanted.Contains(model), "The calls of a model are miscounted");
            That(Math.Abs(seconds - model.WaitingSeconds) < 1e-3, "The seconds of a model are miscounted");
            foreach (var line in model.Lines)
            {
                That(line is { IsListed: true, Count: > 0, Owner.IsFull: false }, "A line is listed that must not be");
            }
        }
    }

    private static void That(bool condition, string otherwise)
    {
        if (!condition)
        {
            Assert.Fail(otherwise);
        }
    }
}
