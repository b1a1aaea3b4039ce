using System.Diagnostics;
using System.Text;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>
/// Sends requests of all dialects in turns at a fixed rate, whether they are answered or not. The gateway's clock moves with it, so that
/// its probes come as in life.
/// </summary>
internal sealed class SteadyLoad(GatewayOverHosts bed)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly List<Task<LoadedCall>> _calls = [];
    private readonly Stopwatch _watch = new();

    public TimeSpan Now => _watch.Elapsed;

    /// <summary>Sends one request after the other for that long.</summary>
    public async Task SendAsync(TimeSpan duration)
    {
        _watch.Start();
        var end = Now + duration;
        using var ticks = new PeriodicTimer(Period);
        while (Now < end && await ticks.WaitForNextTickAsync())
        {
            _calls.Add(CallAsync($"load-{_calls.Count}", LoadDialect.All[_calls.Count % LoadDialect.All.Count]));
            bed.Gateway.Clock.Advance(Period);
        }
    }

    public async Task<IReadOnlyList<LoadedCall>> AllAsync() => await Task.WhenAll(_calls).WaitAsync(GatewayOverOllama.LongestWait);

    private async Task<LoadedCall> CallAsync(string id, LoadDialect dialect)
    {
        var sentAt = Now;
        using var request = new HttpRequestMessage(HttpMethod.Post, dialect.Path);
        request.Content = new StringContent(dialect.Body, Encoding.UTF8, "application/json");
        request.Headers.Add("X-Request-ID", id);
        try
        {
            using var response = await bed.Client.SendAsync(request);
            return new LoadedCall(id, dialect, sentAt, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException exception)
        {
            return new LoadedCall(id, dialect, sentAt, 0, exception.Message);
        }
    }
}
