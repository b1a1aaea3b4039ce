using System.Globalization;
using System.Net;
using System.Text.Json;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Sharing;

/// <summary>The emulator, which counts itself.</summary>
internal sealed class EmulatedUpstream(Server server) : IUpstream
{
    public static readonly IReadOnlyList<string> Names = ["alpha", "beta"];

    private static readonly Uri Runners = new("/_emulator/runners", UriKind.Relative);

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{server.Address}") };

    public IPEndPoint Address => server.Address;

    public IReadOnlyList<string> Models => Names;

    /// <summary>Its command line.</summary>
    public static IReadOnlyList<string> Arguments(StageSettings settings) =>
    [
        "--models", string.Join(',', Names), "--max-loaded", "1", "--max-queue", "100000",
        "--parallel", settings.Slots.ToString(CultureInfo.InvariantCulture),
        "--load-time", Milliseconds(settings.Load), "--token-time", Milliseconds(settings.Token),
        .. settings.PromptRate is { } rate ? new[] { "--prompt-rate", rate.ToString(CultureInfo.InvariantCulture) } : [],
    ];

    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        using var response = await _http.DeleteAsync(Runners, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task<UpstreamCounts> CountsAsync(CancellationToken cancellationToken) =>
        Read(await _http.GetByteArrayAsync(Runners, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await server.DisposeAsync();
    }

    internal static UpstreamCounts Read(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var slots = root.GetProperty("slots");
        return new UpstreamCounts(root.GetProperty("loads").GetArrayLength())
        {
            Slots = new SlotCounts(
                root.GetProperty("reloads").GetInt32(),
                Seconds(root, "loadingTime"),
                Seconds(slots, "elapsed"),
                Seconds(slots, "busy"),
                Seconds(slots, "waitingInside"),
                slots.GetProperty("gaps").GetInt32(),
                Seconds(slots, "gapP50"),
                Seconds(slots, "gapP95"),
                root.GetProperty("peaks").EnumerateObject()
                    .Select(peak => peak.Value.GetProperty("inside").GetInt32()).DefaultIfEmpty().Max(),
                root.GetProperty("callers").EnumerateObject().ToDictionary(
                    caller => caller.Name, caller => Seconds(caller.Value, "slotTime"), StringComparer.Ordinal)),
        };
    }

    private static double Seconds(JsonElement element, string name) =>
        TimeSpan.Parse(element.GetProperty(name).ToString(), CultureInfo.InvariantCulture).TotalSeconds;

    private static string Milliseconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)Math.Round(time.TotalMilliseconds))}ms");
}
