using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Do this machine, Redis and the other gateways agree on the time? Gateways date their signs of life by their own clocks.</summary>
internal sealed class ClusterClockCheck : IDiagnosis
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>A sign of life comes every four seconds.</summary>
    private static readonly TimeSpan OldestSign = TimeSpan.FromSeconds(6);

    public string Name => "cluster-clock";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.Configuration;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) =>
        Task.FromResult(context.Redis is { } redis ? Judge(redis) : Finding.Skipped("Redis does not answer"));

    internal static Finding Judge(RedisFacts redis)
    {
        List<string> off = [];
        if (redis.Ahead.Duration() > Tolerance)
        {
            off.Add($"Redis is {Figures.Of(redis.Ahead.Duration())} {(redis.Ahead > TimeSpan.Zero ? "ahead of" : "behind")} this machine.");
        }

        off.AddRange(redis.Members.Where(member => member.Age < -Tolerance)
            .Select(member => $"The gateway at {member.Address} is {Figures.Of(-member.Age)} ahead of Redis."));
        off.AddRange(redis.Members.Where(member => member.Age > OldestSign + Tolerance)
            .Select(member => $"The gateway at {member.Address} is behind Redis, or has given no sign of life for {Figures.Of(member.Age)}."));
        return off.Count == 0
            ? new Finding(Severity.Ok, "The clocks of this machine, Redis and the gateways agree.")
            : new Finding(Severity.Warning, "The clocks do not agree.", string.Join('\n', off), "Set the clocks by NTP on all machines.");
    }
}
