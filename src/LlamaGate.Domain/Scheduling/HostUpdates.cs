namespace LlamaGate.Domain.Scheduling;

/// <summary>Takes in what probes and loads report about hosts.</summary>
internal sealed class HostUpdates(SchedulerState state)
{
    /// <summary>The hosts are these, in this order. Others are forgotten, and those that another host of the same name replaces.</summary>
    public void Keep(IReadOnlyList<string> names, IReadOnlyCollection<string> replaced)
    {
        var staying = names.Except(replaced, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in state.Hosts.Where(host => !staying.Contains(host.Name)).ToArray())
        {
            TakeDown(gone);
            state.Hosts.Remove(gone);
        }

        foreach (var name in names.Where(name => state.FindHost(name) is null))
        {
            state.Hosts.Add(new SchedulerHost(name));
        }

        var order = names.ToList();
        state.Hosts.Sort((one, other) => order.IndexOf(one.Name).CompareTo(order.IndexOf(other.Name)));
        state.ForgetModels();
    }

    public void Take(HostReport report)
    {
        if (state.FindHost(report.Name) is not { } host)
        {
            return;
        }

        host.Limits = report.Limits;
        host.IsDraining = report.IsDraining;
        if (!report.IsUp)
        {
            TakeDown(host);
            return;
        }

        host.IsUp = true;
        if (report.Models is not null && report.Models != host.Models)
        {
            host.Models = report.Models;
            host.Forget();
            state.ForgetModels();
        }

        if (report.Runners is not null)
        {
            TakeRunners(host, report.Runners, report.RequestedAt);
        }

        foreach (var runner in host.Runners.Values)
        {
            runner.Slots = SlotsFor(host, runner.Model, runner.IsRemote, runner.Slots);
        }
    }

    /// <summary>A model that runs elsewhere needs no load: its runners are there as soon as somebody wants it.</summary>
    public void AddRemoteRunners(ModelState model)
    {
        foreach (var host in state.Hosts)
        {
            if (host.Models?.GetValueOrDefault(model.Key) is { IsRemote: true } && !host.Runners.ContainsKey(model.Key))
            {
                Add(host, model, isRemote: true);
            }
        }
    }

    /// <summary>The runner that a call uses which was granted by another scheduler.</summary>
    public Runner FindOrAdd(SchedulerHost host, ModelState model) => host.Runners.GetValueOrDefault(model.Key)
        ?? Add(host, model, isRemote: host.Models?.GetValueOrDefault(model.Key) is { IsRemote: true });

    /// <summary>A load has ended well.</summary>
    /// <param name="runners">What the host has loaded now; null when it could not be read.</param>
    public void EndLoad(PendingLoad load, IReadOnlyList<ReportedRunner>? runners)
    {
        var (host, now) = (load.Host, state.Now);
        host.LearnLoad(load.Model.Key, load.Seconds(now));
        if (!host.Runners.TryGetValue(load.Model.Key, out var runner))
        {
            runner = Add(host, load.Model, isRemote: false);
        }

        (runner.LoadStartedAt, runner.LoadedAt, runner.LastUsed) = (load.SentAt ?? now, now, now);
        runner.Context = load.Context ?? runner.Context;
        if (runners is not null)
        {
            TakeRunners(host, runners, now);
            if (host.Runners.Count > 0 && load.Before.Any(model => !host.Runners.ContainsKey(model)))
            {
                host.Fit.NoteApart([.. load.Before, load.Model.Key]);
            }
        }

        // Whatever the list says: a host with a wrong clock would be asked for the same load again and again.
        runner.ExpiresAt = null;
        ShareLoad(load, runner);
        LoadPlanner.Drop(load);
    }

    /// <summary>Those who wait for the model pay for its load, as far as it serves them.</summary>
    private void ShareLoad(PendingLoad load, Runner runner)
    {
        var served = state.Waiting.All.Where(call => call.Line.Model == load.Model && call.IsServedBy(runner)).ToArray();
        foreach (var call in served)
        {
            call.LoadShare += TimeSpan.FromSeconds(load.Seconds(state.Now) / served.Length);
        }
    }

    private void TakeRunners(SchedulerHost host, IReadOnlyList<ReportedRunner> reported, TimeSpan requestedAt)
    {
        foreach (var one in reported)
        {
            if (!host.Runners.TryGetValue(one.Model, out var runner))
            {
                // Its load is about to end, or the list is older than its unload.
                if (host.Load is { SentAt: not null } load && load.Model.Key == one.Model || host.WasUnloadedSince(one.Model, requestedAt))
                {
                    continue;
                }

                runner = Add(host, state.Model(one.Model), isRemote: false);
            }

            runner.Context = one.Context ?? runner.Context;
            runner.Size = one.Size ?? runner.Size;
            runner.ExpiresAt = runner.Active.Count == 0 && runner.LastUsed <= requestedAt ? requestedAt + one.ExpiresIn : null;
        }

        var listed = reported.Select(one => one.Model).ToHashSet(StringComparer.Ordinal);
        foreach (var runner in host.Runners.Values.Where(runner => IsGone(runner, listed, requestedAt)).ToArray())
        {
            Remove(runner);
        }

        host.Fit.NoteTogether(listed);
    }

    /// <summary>The list may be older than a load or a call.</summary>
    private static bool IsGone(Runner runner, HashSet<string> listed, TimeSpan requestedAt) =>
        runner is { IsRemote: false, IsIdle: true } && !listed.Contains(runner.Model.Key)
        && runner.LoadedAt < requestedAt && runner.LastUsed < requestedAt;

    private static void TakeDown(SchedulerHost host)
    {
        host.IsUp = false;
        (host.Load, host.Unload) = (null, null);
        foreach (var runner in host.Runners.Values.ToArray())
        {
            Remove(runner);
        }
    }

    /// <summary>A model was unloaded: to make room for a load, or because an operator wants it.</summary>
    public void EndUnload(long id, string model)
    {
        if (state.Hosts.Find(host => host.Load?.Id == id || host.Unload?.Id == id) is { } host
            && host.Runners.TryGetValue(model, out var runner) && runner.IsIdle)
        {
            Remove(runner);
            host.NoteUnload(model, state.Now);
        }
    }

    public static void Remove(Runner runner)
    {
        runner.IsOpen = false;
        runner.Host.Unload = runner.Host.Unload?.Runner == runner ? null : runner.Host.Unload;
        runner.Host.Runners.Remove(runner.Model.Key);
        runner.Model.Runners.Remove(runner);
    }

    private Runner Add(SchedulerHost host, ModelState model, bool isRemote)
    {
        var runner = new Runner(host, model, SlotsFor(host, model, isRemote, known: null))
        {
            IsRemote = isRemote,
            IsOpen = host.Load?.Plan is null or { Unloads: true } or { Closed.Count: 0 },
            LoadStartedAt = state.Now,
            LoadedAt = state.Now,
            LastUsed = state.Now,
        };
        host.Runners[model.Key] = runner;
        model.Runners.Add(runner);
        return runner;
    }

    /// <summary>The same limit while the configuration is the same, so that what was learned stays.</summary>
    private SlotLimit SlotsFor(SchedulerHost host, ModelState model, bool isRemote, SlotLimit? known)
    {
        var isSingle = model.IsEmbedding || host.Models?.GetValueOrDefault(model.Key) is { HasOneSlot: true };
        int? configured = isRemote ? Runner.RemoteSlots
            : model.Rule.Slots is { } own ? own
            : isSingle ? 1
            : host.Limits.LearnsSlots ? null
            : host.Limits.Slots ?? state.Options.Slots;
        return known is not null && known.Configured == configured ? known : new SlotLimit(configured);
    }
}
