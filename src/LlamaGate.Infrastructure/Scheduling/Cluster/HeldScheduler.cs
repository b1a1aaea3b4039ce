using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The scheduler of the cluster while this gateway holds it: it runs with this gateway's probes and loads.</summary>
internal sealed class HeldScheduler : IDeskSurroundings, IDisposable
{
    private readonly SharedScheduler _shared;
    private readonly LocalHosts _admin;
    private readonly OllamaHosts _hosts;
    private readonly OllamaOptions _options;
    private readonly SharedBlobs _blobs;
    private readonly IClusterMembershipService _membership;

    public HeldScheduler(
        SharedScheduler shared, LocalHosts admin, OllamaHosts hosts, OllamaOptions options, SharedBlobs blobs,
        IClusterMembershipService membership, TimeProvider timeProvider)
    {
        (_shared, _admin, _hosts, _options, _blobs, _membership) = (shared, admin, hosts, options, blobs, membership);
        Desk = new SchedulerDesk(shared.Engine, this, timeProvider);
    }

    public SchedulerDesk Desk { get; }

    public SharedScheduler Shared => _shared;

    public IReadOnlyList<string> Drained => [.. _hosts.All.Where(probed => probed.Host.IsDrained).Select(probed => probed.Host.Name)];

    public IReadOnlyList<string> Hosts => [.. _hosts.All.Select(probed => HostComparison.Describe(probed.Host.Server.Options))];

    public IReadOnlyCollection<string> Working => [.. _membership.CurrentSnapshot.Members.Values
        .Where(member => member.Status is SiloStatus.Active).Select(member => member.SiloAddress.ToParsableString())];

    public bool HasEnded(string replica) =>
        _membership.CurrentSnapshot.Members.GetValueOrDefault(SiloAddress.FromParsableString(replica)) is { Status: SiloStatus.Dead };

    public (string Key, ModelRule Rule) Resolve(CallMessage call) => (_blobs.Of(call.Key), _options.Hosts.FindRule(call.Model));

    public void NoteForeign(string host, string model, TimeSpan duration) => _shared.NoteForeign(host, model, duration);

    public SessionReply Send(SessionEvents events)
    {
        if (Array.Exists(events.Events, static happened => happened.Kind is ReplicaEventKind.Arrive))
        {
            // The probes here come often while any gateway is in use. Outside the scheduler's lock, which probes take too.
            _hosts.NoteUse();
        }

        return Desk.Send(events);
    }

    public async ValueTask<byte[]> DescribeAsync(int maxQueued) =>
        ClusterJson.Write(await _admin.DescribeAsync(maxQueued, CancellationToken.None) ?? throw new InvalidOperationException("The hosts are shared."));

    public byte[] List(string keyId) => ClusterJson.Write(_shared.Engine.List(keyId));

    public async ValueTask<ChangeReply> ChangeAsync(HostChange change)
    {
        try
        {
            var text = await ApplyAsync(change);
            Desk.Spread();
            return new ChangeReply { Text = text };
        }
        catch (GatewayException failure)
        {
            return new ChangeReply { Failure = FailureMessage.Of(failure) };
        }
    }

    public void Dispose()
    {
        Desk.Dispose();
        _shared.Dispose();
    }

    private ValueTask<string> ApplyAsync(HostChange change) => change.Kind switch
    {
        HostChangeKind.Drain or HostChangeKind.Resume =>
            _admin.SetDrainingAsync(change.Host, change.Kind is HostChangeKind.Drain, CancellationToken.None),
        HostChangeKind.Load => _admin.LoadAsync(change.Host, change.Model, CancellationToken.None),
        HostChangeKind.Unload => _admin.UnloadAsync(change.Host, change.Model, CancellationToken.None),
        HostChangeKind.Cancel => _admin.CancelAsync(change.Call, CancellationToken.None),
        _ => throw new GatewayException(GatewayError.Conflict, "The gateway that schedules does not know this change. Update all gateways."),
    };
}
