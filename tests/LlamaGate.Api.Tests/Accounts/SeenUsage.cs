using System.Threading.Channels;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>Sees every record of a gateway.</summary>
internal sealed class SeenUsage : IUsageSink
{
    private readonly Channel<UsageRecord> _added = Channel.CreateUnbounded<UsageRecord>();
    private readonly List<UsageRecord> _taken = [];

    public void Register(WebApplicationBuilder builder) => builder.Services.AddSingleton<IUsageSink>(this);

    public void Add(UsageRecord record) => _added.Writer.TryWrite(record);

    /// <summary>Waits for so many more records, since one may come a moment after its answer. All records so far.</summary>
    public async Task<IReadOnlyList<UsageRecord>> NextAsync(int count = 1)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        for (var i = 0; i < count; i++)
        {
            _taken.Add(await _added.Reader.ReadAsync(limit.Token));
        }

        while (_added.Reader.TryRead(out var more))
        {
            _taken.Add(more);
        }

        return [.. _taken];
    }
}
