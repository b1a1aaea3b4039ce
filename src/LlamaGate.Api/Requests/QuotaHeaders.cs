using System.Globalization;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Requests;

/// <summary>What is left of the quotas of the caller's key. The estimates of calls that have not ended count as used.</summary>
internal static class QuotaHeaders
{
    public const string TokenLimit = "x-ratelimit-limit-tokens";
    public const string TokensRemaining = "x-ratelimit-remaining-tokens";
    public const string TokensReset = "x-ratelimit-reset-tokens";

    /// <summary>Anthropic's names for the same.</summary>
    public const string AnthropicTokenLimit = "anthropic-ratelimit-tokens-limit";
    public const string AnthropicTokensRemaining = "anthropic-ratelimit-tokens-remaining";
    public const string AnthropicTokensReset = "anthropic-ratelimit-tokens-reset";

    /// <summary>Ours: no other API has such a quota.</summary>
    public const string GpuSecondLimit = "x-ratelimit-limit-gpu-seconds";
    public const string GpuSecondsRemaining = "x-ratelimit-remaining-gpu-seconds";
    public const string GpuSecondsReset = "x-ratelimit-reset-gpu-seconds";

    public static void Write(HttpContext context, CallerPolicy policy, QuotaUse use, DateTimeOffset now)
    {
        var headers = context.Response.Headers;
        var reset = GoDuration.Format(TimeSpan.FromSeconds(Math.Ceiling((use.ResetsAt - now).TotalSeconds)));
        if (policy.TokensPerDay is { } tokens)
        {
            var isAnthropic = context.ErrorDialect() is AnthropicErrorDialect;
            headers[isAnthropic ? AnthropicTokenLimit : TokenLimit] = tokens.ToString(CultureInfo.InvariantCulture);
            headers[isAnthropic ? AnthropicTokensRemaining : TokensRemaining] =
                use.RemainingTokens(tokens).ToString(CultureInfo.InvariantCulture);
            headers[isAnthropic ? AnthropicTokensReset : TokensReset] =
                isAnthropic ? use.ResetsAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) : reset;
        }

        if (policy.GpuSecondsPerDay is { } seconds)
        {
            headers[GpuSecondLimit] = seconds.ToString("0.###", CultureInfo.InvariantCulture);
            headers[GpuSecondsRemaining] = use.RemainingGpuSeconds(seconds).ToString("0.###", CultureInfo.InvariantCulture);
            headers[GpuSecondsReset] = reset;
        }
    }
}
