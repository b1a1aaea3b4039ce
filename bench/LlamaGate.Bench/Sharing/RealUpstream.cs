using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace LlamaGate.Bench.Sharing;

/// <summary>A real Ollama, which tells its loads only by what it lists: each time a model appears is one.</summary>
internal sealed class RealUpstream : IUpstream
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private HashSet<string> _listed = new(StringComparer.Ordinal);
    private int _loads;

    private RealUpstream(IPEndPoint address, IReadOnlyList<string> models)
    {
        Address = address;
        Models = models;
        _http = new HttpClient { BaseAddress = new Uri($"http://{address}") };
        _watching = WatchAsync(_stop.Token);
    }

    public IPEndPoint Address { get; }

    public IReadOnlyList<string> Models { get; }

    public static async Task<RealUpstream> OpenAsync(RealOllama ollama, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(ollama.Address.Host, cancellationToken);
        var address = addresses.OrderBy(known => known.AddressFamily is not AddressFamily.InterNetwork).First();
        var upstream = new RealUpstream(new IPEndPoint(address, ollama.Address.Port), ollama.Models);
        foreach (var model in ollama.Models)
        {
            using var response = await upstream._http.PostAsJsonAsync(
                new Uri("/api/generate", UriKind.Relative), new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["model"] = model,
                    ["keep_alive"] = 0,
                },
                cancellationToken);
            response.EnsureSuccessStatusCode();
        }

        return upstream;
    }

    public Task ClearAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _loads, 0);
        return Task.CompletedTask;
    }

    public Task<UpstreamCounts> CountsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new UpstreamCounts(Volatile.Read(ref _loads)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var ps = await _http.GetFromJsonAsync<JsonElement>(new Uri("/api/ps", UriKind.Relative), cancellationToken);
                var listed = ps.GetProperty("models").EnumerateArray()
                    .Select(model => model.GetProperty("name").ToString()).ToHashSet(StringComparer.Ordinal);
                Interlocked.Add(ref _loads, listed.Except(_listed, StringComparer.Ordinal).Count());
                _listed = listed;
            }
        }
        catch (OperationCanceledException)
        {
            // The scenario is over.
        }
    }
}
