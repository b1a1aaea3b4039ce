using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>What administrators see of shared hosts, and what they do to them.</summary>
internal sealed class LocalHosts(
    SharedScheduler scheduler, OllamaHosts hosts, SharedBlobs blobs, LoadHistory history, SchedulerOptions limits, HostList list,
    IModelCatalogue catalogue, HostLog log, TimeProvider timeProvider) : ISharedHosts
{
    private readonly HostDescriptions _descriptions = new(scheduler.Models, timeProvider);

    public ValueTask<SharedHostsState?> DescribeAsync(int maxQueued, CancellationToken cancellationToken)
    {
        // Only this is done within the lock.
        var snapshot = scheduler.Engine.Do(maxQueued, static (core, now, most) => core.TakeSnapshot(now, most));
        var byName = snapshot.Hosts.ToDictionary(host => host.Name, StringComparer.Ordinal);
        var all = hosts.All.Select(probed => probed.Host).ToList();
        return new(new SharedHostsState
        {
            Hosts = [.. all.Select(host => _descriptions.Of(host, byName.GetValueOrDefault(host.Name)))],
            Queue = [.. snapshot.Queue.Select(HostDescriptions.Of)],
            Waiting = snapshot.Waiting,
            QueueMax = limits.QueueMax,
            WaitingBytes = snapshot.WaitingBytes,
            QueueMaxBytes = limits.QueueMaxBytes,
            Loads = history.List(),
            Conflicts = [.. DigestConflicts.Find(all).Select(found => new ModelConflict(found.Model, found.Used, found.Others))],
        });
    }

    public ValueTask<string> SetDrainingAsync(string host, bool isDraining, CancellationToken cancellationToken)
    {
        var probed = Find(host);
        var shared = probed.Host;
        if (!isDraining && shared.Server.Options.IsDraining)
        {
            throw Conflict($"HOSTS_FILE says that host {shared.Name} drains. Remove \"drain\" there.");
        }

        var wasDraining = shared.IsDraining;
        hosts.SetDrained(probed, isDraining);
        if (wasDraining != isDraining)
        {
            (isDraining ? (Action<SharedHost>)log.Draining : log.Resumed)(shared);
        }

        return new(isDraining
            ? $"Host {shared.Name} is draining: {Count(RunningOn(shared.Name))} there."
            : $"Host {shared.Name} is no longer draining.");
    }

    public async ValueTask<string> LoadAsync(string host, string model, CancellationToken cancellationToken)
    {
        var (probed, known) = (Find(host), FindModel(host, model));
        var name = known.Info.Name;
        var capabilities = await catalogue.GetCapabilitiesAsync(name, OwnCalls.Context, cancellationToken);
        return Order(probed.Host.Name, name, new HostOrder(probed.Host.Name, blobs.Of(known.Key), Loads: true)
        {
            Rule = list.FindRule(name),
            IsEmbedding = known.Info.Capabilities is { } words
                ? words.Contains("embedding", StringComparer.Ordinal) && !words.Contains("completion", StringComparer.Ordinal)
                : capabilities.CanEmbed is true,
        });
    }

    public ValueTask<string> UnloadAsync(string host, string model, CancellationToken cancellationToken)
    {
        var (probed, known) = (Find(host), FindModel(host, model));
        return new(Order(probed.Host.Name, known.Info.Name, new HostOrder(probed.Host.Name, blobs.Of(known.Key), Loads: false)));
    }

    public ValueTask<string> CancelAsync(string call, CancellationToken cancellationToken)
    {
        var found = scheduler.Engine.Do(call, static (core, now, id) =>
        {
            var ticket = core.Calls.FirstOrDefault(ticket => $"c{ticket.Id}" == id);
            if (ticket is not null)
            {
                core.Cancel(now, ticket, RefusalReason.Cancelled);
            }

            return ticket?.Scheduled();
        }) ?? throw new GatewayException(GatewayError.CallNotFound, $"No call {call} waits or runs. It may have ended.") { Field = RequestField.Call };
        // One that waits has its error already; one that runs, or is granted its slot at this moment, ends with this.
        found.Break();
        return new($"Call {call} is cancelled.");
    }

    private static string Count(int calls) => calls == 1 ? "1 call still runs" : $"{calls} calls still run";

    /// <summary>Calls of all gateways.</summary>
    private int RunningOn(string host) => scheduler.Engine.Do(host, static (core, _, host) => core.Calls.Count(call => call.Host == host));

    private static GatewayException Conflict(string reason) => new(GatewayError.Conflict, reason);

    private ProbedHost Find(string host) => hosts.Find(host) ?? throw new GatewayException(
        GatewayError.HostNotFound,
        $"There is no host {host}. The hosts are: {string.Join(", ", hosts.All.Select(probed => probed.Host.Name))}.")
    { Field = RequestField.Host };

    private HostModel FindModel(string host, string model) => Find(host).Host is var shared
        && shared.Models?.Find(ModelSpellings.Of(model)[0]) is { } known
            ? known
            : throw new GatewayException(GatewayError.ModelNotFound, $"Host {shared.Name} does not have the model {model}.") { Field = RequestField.Model };

    private string Order(string host, string model, HostOrder order)
    {
        var outcome = scheduler.Engine.Do(order, static (core, now, order) => core.Order(now, order));
        var first = outcome.Running == 0 ? "" : outcome.Running == 1 ? " once 1 call has ended" : $" once {outcome.Running} calls have ended";
        return outcome.Result switch
        {
            OrderResult.Begun => $"{model} is {(first is "" ? "being " : "")}{(order.Loads ? "loaded on" : "unloaded from")} host {host}{first}.",
            OrderResult.AlreadySo => order.Loads ? $"{model} is already loaded on host {host}." : $"{model} is not loaded on host {host}.",
            OrderResult.NotLive => throw Conflict($"Host {host} is down or draining, so nothing is loaded there. Resume it first."),
            OrderResult.Busy => throw Conflict($"Host {host} loads or unloads a model right now, and does one at a time. Try again when it has ended."),
            OrderResult.NoRoom => throw Conflict($"{model} fits on host {host} only without a pinned model, and no pinned model is unloaded."),
            OrderResult.Pinned => throw Conflict($"{model} is pinned on host {host}. Remove it from \"pin\" in HOSTS_FILE first."),
            OrderResult.Remote => throw Conflict($"{model} runs elsewhere, so that there is nothing to load or unload on host {host}."),
            OrderResult.NoSuchHost or OrderResult.NoSuchModel => throw new GatewayException(
                GatewayError.ModelNotFound, $"Host {host} does not have the model {model}.")
            { Field = RequestField.Model },
            _ => throw new ArgumentOutOfRangeException(nameof(order)),
        };
    }
}
