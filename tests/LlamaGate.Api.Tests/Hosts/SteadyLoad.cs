using System.Diagnostics;
using System.Globalization;
using System.Text;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>
/// Sends requests of all dialects in turns at a fixed rate, whether they are answered or not. On a machine that is too slow for it, it waits
/// for answers: the queue must not become full. The gateway's clock moves with it, so that its probes come as in life.
/// </summary>
internal sealed class SteadyLoad(GatewayOverHosts bed)
{
    private const string Prefix = "load-";

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    /// <summary>Fewer than a caller may have waiting.</summary>
    private const int MaxAtOnce = 60;

    private readonly List<Task<LoadedCall>> _calls = [];
    private readonly Stopwatch _watch = new();

    public TimeSpan Now => _watch.Elapsed;

    /// <summary>What the client of an upstream call of this load speaks.</summary>
    public static LoadDialect DialectOf(RecordedRequest request) =>
        LoadDialect.All[int.Parse(request.Headers["X-Request-ID"][Prefix.Length..], CultureInfo.InvariantCulture) % LoadDialect.All.Count];

    /// <summary>Sends one request after the other for that long.</summary>
    public Task SendAsync(TimeSpan duration)
    {
        var end = Now + duration;
        return SendWhileAsync(() => Now < end);
    }

    /// <summary>Sends one request after the other until this is so.</summary>
    public Task SendUntilAsync(Func<bool> isReached)
    {
        var end = Now + GatewayOverOllama.LongestWait;
        return SendWhileAsync(() => !isReached() && (Now < end ? true : throw new TimeoutException("It was not reached in time.")));
    }

    public async Task<IReadOnlyList<LoadedCall>> AllAsync() => await Task.WhenAll(_calls).WaitAsync(GatewayOverOllama.LongestWait);

    private async Task SendWhileAsync(Func<bool> goesOn)
    {
        _watch.Start();
        using var ticks = new PeriodicTimer(Period);
        while (goesOn() && await ticks.WaitForNextTickAsync())
        {
            if (_calls.Count(call => !call.IsCompleted) < MaxAtOnce)
            {
                _calls.Add(CallAsync($"{Prefix}{_calls.Count}", LoadDialect.All[_calls.Count % LoadDialect.All.Count]));
            }

            bed.Gateway.Clock.Advance(Period);
        }
    }

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
