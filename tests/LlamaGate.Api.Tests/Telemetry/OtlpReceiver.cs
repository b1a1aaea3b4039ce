using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP and keeps what it is sent.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly WebApplication _app;
    private readonly Channel<OtlpMessage> _metrics = Channel.CreateUnbounded<OtlpMessage>();
    private readonly Channel<OtlpSpan> _spans = Channel.CreateUnbounded<OtlpSpan>();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The next export of metrics.</summary>
    public async Task<OtlpMessage> NextMetricsAsync()
    {
        using var limit = new CancellationTokenSource(LongestWait);
        return await _metrics.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next spans, in the order in which they ended.</summary>
    public async Task<IReadOnlyList<OtlpSpan>> NextSpansAsync(int count)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        var spans = new List<OtlpSpan>();
        while (spans.Count < count)
        {
            spans.Add(await _spans.Reader.ReadAsync(limit.Token));
        }

        return spans;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var message = new OtlpMessage(body.ToArray(), context.Request.Headers["X-Tenant"].ToString());
        if (context.Request.Path == "/v1/metrics")
        {
            _metrics.Writer.TryWrite(message);
            return;
        }

        foreach (var span in message.ReadSpans())
        {
            _spans.Writer.TryWrite(span);
        }
    }
}
