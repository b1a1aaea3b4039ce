using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>Finds what a name stands for on the hosts. A name that none of them is known to have is looked for once more.</summary>
internal sealed class KnownModels(OllamaHosts hosts, SharedBlobs blobs, TimeProvider timeProvider)
{
    /// <summary>Names come from callers: a wrong one must not make the gateway ask the hosts again and again.</summary>
    private static readonly TimeSpan MinPause = TimeSpan.FromSeconds(1);

    private long _lookedAt;
    private int _hasLooked;

    /// <returns>Null when no host is known to have the model.</returns>
    public string? FindKey(string model) => hosts.FindModel(ModelSpellings.Of(model)[0]) is { } found ? blobs.Of(found.Key) : null;

    /// <summary>Whether a host is known not to have a model.</summary>
    public bool IsMissing(string host, string model) =>
        hosts.Find(host)?.Host.Models is { } models && models.Find(ModelSpellings.Of(model)[0]) is null;

    /// <summary>The name by which a host loads what has this key; the key itself when it has nothing like that.</summary>
    public string NameOn(string host, string key)
    {
        var models = hosts.Find(host)?.Host.Models;
        return models?.NameOf(key) ?? (models is not null && blobs.Of(models.Hosted).TryGetValue(key, out var other) ? other.Name : key);
    }

    /// <summary><see cref="FindKey"/> after the hosts were asked.</summary>
    public async ValueTask<string?> LookForKeyAsync(string model, CancellationToken cancellationToken)
    {
        long version;
        do
        {
            version = hosts.Version;
            await hosts.WhenProbedAsync(cancellationToken);
            if (FindKey(model) is { } known)
            {
                return known;
            }
        }
        while (hosts.Version != version);

        var hasLooked = Interlocked.Exchange(ref _hasLooked, 1) != 0;
        if (hasLooked && timeProvider.GetElapsedTime(Volatile.Read(ref _lookedAt)) < MinPause)
        {
            return null;
        }

        Volatile.Write(ref _lookedAt, timeProvider.GetTimestamp());
        await Task.WhenAll(hosts.Live.Select(probed =>
        {
            probed.Probe.RequestTags();
            return probed.Probe.RunAsync(cancellationToken);
        }));
        return FindKey(model);
    }
}
