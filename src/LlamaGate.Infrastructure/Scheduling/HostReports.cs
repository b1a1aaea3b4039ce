using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>What is known about a host, as the scheduler sees it.</summary>
internal static class HostReports
{
    /// <summary>A host whose list cannot be read has no models for certain, so no call waits for it.</summary>
    private static readonly IReadOnlyDictionary<string, HostedModel> NoModels = new Dictionary<string, HostedModel>(StringComparer.Ordinal);

    /// <param name="isProbed">Whether it has been probed, however that ended.</param>
    public static HostReport Of(SharedHost host, bool isProbed, SharedBlobs blobs, SchedulerEngine engine)
    {
        var (models, runners, limits) = (host.Models, host.Runners, host.Server.Options.Limits);
        return new HostReport(host.Name)
        {
            IsUp = host.Health.IsUp,
            IsDraining = host.IsDraining,
            Limits = limits with { Pinned = [.. limits.Pinned.Select(name => models?.Find(name)?.Key).OfType<string>().Select(blobs.Of)] },
            Models = models is null ? (isProbed ? NoModels : null) : blobs.Of(models.Hosted),
            Runners = runners is null ? null : ToRunners(runners, blobs),
            RequestedAt = runners is null ? TimeSpan.Zero : engine.ToTime(runners.RequestedAt),
        };
    }

    public static IReadOnlyList<ReportedRunner> ToRunners(HostRunners runners, SharedBlobs blobs) =>
        [.. runners.All.Select(runner => ToRunner(runner, blobs))];

    private static ReportedRunner ToRunner(HostRunner runner, SharedBlobs blobs) => new(blobs.Of(runner.Key))
    {
        Context = runner.ContextLength,
        Size = runner.Size,
        ExpiresIn = runner.ExpiresIn,
    };
}
