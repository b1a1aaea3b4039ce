using LlamaGate.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Accounts;

internal static class UsageRegistration
{
    /// <summary>What measures and limits use. The wrappers of upstream calls are added by <c>AddScheduling</c>.</summary>
    public static void AddUsage(this IServiceCollection services)
    {
        services.AddSingleton<UsageMeter>();
        services.AddSingleton<UsageEstimates>();
        services.AddSingleton<UsageReports>();
        services.AddSingleton(provider => new QuotaBook(
            provider.GetRequiredService<UsageEstimates>(),
            provider.GetRequiredService<ICallerDirectory>(),
            provider.GetService<IUsageStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<QuotaBook>>(),
            provider.GetService<ISharedQuotas>()));
        services.AddSingleton<IUsageSink>(provider => provider.GetRequiredService<QuotaBook>());
        services.AddSingleton<IQuotas>(provider => provider.GetRequiredService<QuotaBook>());
        services.AddSingleton<IQuotaUse>(provider => provider.GetRequiredService<QuotaBook>());
    }
}
