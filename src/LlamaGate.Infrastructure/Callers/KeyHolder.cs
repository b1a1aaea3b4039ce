using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers;

/// <summary>Who a key belongs to, made once when the key is read.</summary>
/// <param name="Expires">Null = never.</param>
internal sealed record KeyHolder(Caller Caller, DateTimeOffset? Expires, bool IsDisabled)
{
    public static KeyHolder Of(KeyEntry key, decimal rateLimitRps) => new(
        new Caller(key.Id, PolicyOf(key, rateLimitRps)) { HasKey = true },
        key.Expires,
        key.IsDisabled);

    public KeyVerdict Judge(TimeProvider timeProvider) => this switch
    {
        { IsDisabled: true } => KeyVerdict.Disabled,
        { Expires: { } end } when timeProvider.GetUtcNow() >= end => KeyVerdict.Expired,
        _ => KeyVerdict.Right,
    };

    private static CallerPolicy PolicyOf(KeyEntry key, decimal rateLimitRps) => new(key.RateLimitRps ?? rateLimitRps)
    {
        Models = key.Models,
        Cache = key.Cache,
        Weight = key.Weight,
        Priority = key.Priority,
        MaxRunning = key.MaxRunning,
        MaxWaiting = key.MaxWaiting,
        TokensPerDay = key.TokensPerDay,
        GpuSecondsPerDay = key.GpuSecondsPerDay,
        ShareBy = key.ShareBy,
        UserHeader = key.UserHeader,
        IsAdmin = key.IsAdmin,
    };
}
