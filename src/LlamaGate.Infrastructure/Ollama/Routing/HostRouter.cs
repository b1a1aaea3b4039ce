using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>Takes places at hosts: looks at what is known about them, lets <see cref="HostChoice"/> choose, and counts.</summary>
internal sealed class HostRouter(OllamaHosts hosts, TimeProvider timeProvider)
{
    // Choosing and counting are one step: otherwise all calls of one moment would see the same host idle.
    private readonly Lock _gate = new();
    private readonly RecentHosts _recent = new(timeProvider);

    /// <summary>Takes a place for a call at the best host.</summary>
    /// <param name="failed">Where the call has failed already.</param>
    /// <returns>Null when there is no host for it.</returns>
    public HostLease? Take(UpstreamCall call, IReadOnlyList<SharedHost> failed)
    {
        var model = KeyOf(call.Model ?? "");
        // A look at a model is no work for the host.
        var counts = call.Endpoint is not UpstreamEndpoint.Show;
        lock (_gate)
        {
            var all = hosts.All;
            var candidates = all.Select(probed => ToCandidate(probed.Host, model, counts, failed)).ToArray();
            while (HostChoice.Choose(candidates, Preferred(all, call.Context, model)) is >= 0 and var chosen)
            {
                if (Enter(all[chosen], call.Context, model, counts) is { } lease)
                {
                    return lease;
                }

                candidates[chosen] = candidates[chosen] with { IsExcluded = true };
            }

            return null;
        }
    }

    /// <summary>Takes a place at a certain host, for a call that is no generation.</summary>
    /// <param name="ended">Called when the call has ended.</param>
    /// <returns>Null when the host has just been removed.</returns>
    public static HostLease? Take(ProbedHost probed, Action? ended = null) =>
        probed.Host.TryEnter() ? new HostLease(probed, model: null) { Ended = ended } : null;

    /// <summary>Why there was no host for a call that has not been tried anywhere.</summary>
    public GatewayException Refusal(string? model)
    {
        if (hosts.Live.Count == 0 || model is null)
        {
            return hosts.NoHost();
        }

        var key = KeyOf(model);
        var having = hosts.All.Where(probed => probed.Host.Models?.Find(key) is not null).Select(probed => probed.Host.Name);
        return hosts.NoHost($"No Ollama host that has the model '{model}' is up: {string.Join(", ", having)}.");
    }

    /// <summary>As hosts list the model, whatever spelling the caller has used.</summary>
    private static string KeyOf(string model) => ModelName.Key(ModelSpellings.Of(model)[0]);

    private static HostCandidate ToCandidate(SharedHost host, string model, bool counts, IReadOnlyList<SharedHost> failed)
    {
        var models = host.Models;
        var found = models?.Find(model);
        return new HostCandidate
        {
            IsLive = host.State is HostState.Up,
            IsExcluded = failed.Contains(host),
            HasModel = models is null ? null : found is not null,
            Digest = found?.Digest,
            IsLoaded = counts && host.Runners?.Find(model, found?.Digest) is not null,
            RunningOfModel = counts ? host.Load.Of(model) : 0,
            Running = counts ? host.Load.Total : 0,
        };
    }

    private int Preferred(IReadOnlyList<ProbedHost> all, RequestContext context, string model)
    {
        // Callers without a key cannot be told apart.
        if (!context.Caller.HasKey || _recent.Find(context.Caller.Id, model) is not { } name)
        {
            return -1;
        }

        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Host.Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private HostLease? Enter(ProbedHost probed, RequestContext context, string model, bool counts)
    {
        if (!probed.Host.TryEnter())
        {
            return null;
        }

        if (counts)
        {
            probed.Host.Load.Begin(model);
            if (context.Caller.HasKey)
            {
                _recent.Note(context.Caller.Id, model, probed.Host.Name);
            }
        }

        return new HostLease(probed, counts ? model : null)
        {
            LacksModel = probed.Host.Models is { } models && models.Find(model) is null,
        };
    }
}
