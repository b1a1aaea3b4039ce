using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Models;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// The models of several hosts as one catalogue, from what the probes have read: a name stands for what the first host in the list that
/// is up has under it.
/// </summary>
internal sealed class SharedCatalogue : IModelCatalogue, IDisposable
{
    /// <summary>An older list is read anew in the background when somebody asks for it.</summary>
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private readonly OllamaHosts _hosts;
    private readonly TimeProvider _timeProvider;
    private readonly CapabilityCache _capabilities;

    public SharedCatalogue(OllamaHosts hosts, IUpstreamCalls calls, TimeProvider timeProvider)
    {
        _hosts = hosts;
        _timeProvider = timeProvider;
        _capabilities = new CapabilityCache(calls, timeProvider, FindDigest);
    }

    public async Task<IReadOnlyList<ModelInfo>> ListAsync(RequestContext context, CancellationToken cancellationToken)
    {
        _hosts.NoteUse();
        if (_hosts.Live.All(probed => probed.Host.Models is null))
        {
            await _hosts.WhenProbedAsync(cancellationToken);
        }

        var live = _hosts.Live;
        if (live.Count == 0)
        {
            throw _hosts.NoHost();
        }

        foreach (var probed in live)
        {
            RenewIfOld(probed);
        }

        return [.. live.SelectMany(probed => probed.Host.Models?.All ?? []).Select(model => model.Info)
            .DistinctBy(model => ModelName.Key(model.Name), StringComparer.Ordinal)];
    }

    public ValueTask<ModelCapabilities> GetCapabilitiesAsync(
        string model, RequestContext context, CancellationToken cancellationToken) =>
        _capabilities.GetAsync(model, context, cancellationToken);

    // Cached answers remain usable while their hosts are away.
    public string? FindDigest(string model) => _hosts.FindModel(model)?.Digest;

    public ValueTask<string?> GetDigestAsync(string model, CancellationToken cancellationToken) =>
        FindDigest(model) is { } known ? new(known) : new(WaitForDigestAsync(model, cancellationToken));

    public async ValueTask<int?> GetContextLengthAsync(string model, CancellationToken cancellationToken)
    {
        var runners = FindRunners(model);
        if (runners.Count == 0)
        {
            // It may have been loaded since the last probe.
            await Task.WhenAll(_hosts.Live.Select(probed => probed.Probe.RunAsync(cancellationToken)));
            runners = FindRunners(model);
        }

        return Smallest(runners);
    }

    public Task<IReadOnlyDictionary<string, int?>> ListContextLengthsAsync(CancellationToken cancellationToken)
    {
        var runners = _hosts.Live.SelectMany(probed => probed.Host.Runners?.All ?? [])
            .GroupBy(runner => ModelName.Key(runner.Name), StringComparer.Ordinal);
        return Task.FromResult(ModelNames.Index(runners.Select(group => (group.First().Name, Smallest([.. group])))));
    }

    public void Dispose() => _capabilities.Dispose();

    /// <summary>What fits the smallest context fits wherever the call goes.</summary>
    private static int? Smallest(IReadOnlyList<HostRunner> runners) => runners.Min(runner => runner.ContextLength);

    private IReadOnlyList<HostRunner> FindRunners(string model)
    {
        var digest = FindDigest(model);
        return [.. _hosts.Live.Select(probed => probed.Host.Runners?.Find(model, digest)).OfType<HostRunner>()];
    }

    private void RenewIfOld(ProbedHost probed)
    {
        if (probed.Host.Models is not { } models || _timeProvider.GetElapsedTime(models.ReadAt) >= Validity)
        {
            probed.Probe.RequestTags();
            probed.Probe.Begin();
        }
    }

    private async Task<string?> WaitForDigestAsync(string model, CancellationToken cancellationToken)
    {
        await _hosts.WhenProbedAsync(cancellationToken);
        return FindDigest(model);
    }
}
