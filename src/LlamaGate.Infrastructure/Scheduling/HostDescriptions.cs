using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Puts together what the probes and the scheduler know, with names instead of digests.</summary>
internal sealed class HostDescriptions(KnownModels models, TimeProvider timeProvider)
{
    public static SharedCallState Of(CallSnapshot snapshot)
    {
        var (principal, spec) = (snapshot.Call.Spec.Principal, snapshot.Call.Spec);
        var asked = spec.Priority ?? principal.Priority;
        return new SharedCallState(QueueEntries.ToEntry(snapshot.Call.Scheduled(), snapshot.Figures), principal.KeyId)
        {
            User = principal.User,
            Priority = asked < principal.Priority ? asked : principal.Priority,
            Running = snapshot.Running,
        };
    }

    /// <param name="snapshot">Null for a host that the scheduler does not know yet.</param>
    public SharedHostState Of(SharedHost host, HostSnapshot? snapshot) => new(SharedHealth.ToStatus(host))
    {
        IsDraining = host.IsDraining,
        VideoMemory = snapshot?.Limits.VideoMemory,
        IsSilent = snapshot?.IsSilent ?? false,
        Available = [.. (host.Models?.All ?? []).Select(model => model.Info.Name)],
        Runners = [.. (snapshot?.Runners ?? []).Select(runner => Of(host, runner)).OrderBy(runner => runner.Model, StringComparer.Ordinal)],
        Load = snapshot?.Load is { } load
            ? new SharedLoadState(models.NameOn(host.Name, load.Model), load.Reason.ToWord(), load.Running, load.Left, load.IsStuck)
            : null,
    };

    private SharedRunnerState Of(SharedHost host, RunnerSnapshot runner)
    {
        var name = models.NameOn(host.Name, runner.Model);
        return new SharedRunnerState(name)
        {
            Context = runner.Context,
            Size = runner.Size,
            VideoMemory = host.Runners?.Find(name, runner.Model)?.VideoMemory,
            Slots = runner.Slots,
            LearnsSlots = runner.LearnsSlots,
            Busy = runner.Busy,
            IsOpen = runner.IsOpen,
            IsPinned = runner.IsPinned,
            Expires = runner.ExpiresIn is { } rest ? timeProvider.GetUtcNow() + rest : null,
            Calls = [.. runner.Calls.Select(Of)],
        };
    }
}
