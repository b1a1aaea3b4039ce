using System.Globalization;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Cluster.Tests;

/// <summary>Several gateway processes in front of one host that loads, queues and takes time as a real Ollama does. Real sockets everywhere.</summary>
internal sealed class ClusterBed : IAsyncDisposable
{
    public const string ChatPath = "/v1/chat/completions";

    private const string Admin = "lg-cluster-admin-0123456789";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly TemporaryKeys _keys = new([
        .. Weights.Select(one => TemporaryKeys.Key(one.Key, SecretOf(one.Key), $"\"weight\":{one.Value},\"rate_limit_rps\":100000,\"max_waiting\":2000")),
        TemporaryKeys.Key("admin", Admin, "\"admin\":true,\"rate_limit_rps\":100000"),
    ]);

    private readonly int _slots;

    private ClusterBed(EmulatedOllama host, RedisServer? redis, int slots) => (Host, Redis, _slots) = (host, redis, slots);

    /// <summary>Four slots, in each of which a request of <see cref="OpenLoad"/> takes about 30 ms.</summary>
    public static SchedulingOptions FastHost { get; } = new()
    {
        Parallel = 4,
        LoadTime = TimeSpan.FromMilliseconds(50),
        TokenTime = TimeSpan.FromMilliseconds(3),
        PromptTokensPerSecond = 100_000,
    };

    /// <summary>The keys, and their weights.</summary>
    public static IReadOnlyDictionary<string, int> Weights { get; } = new Dictionary<string, int>(StringComparer.Ordinal) { ["ann"] = 1, ["bob"] = 2, ["cid"] = 4 };

    public EmulatedOllama Host { get; }

    /// <summary>Null with a gateway that works alone.</summary>
    public RedisServer? Redis { get; }

    public List<BedGateway> Gateways { get; } = [];

    /// <param name="gateways">1 = one that works alone.</param>
    public static async Task<ClusterBed> StartAsync(int gateways, SchedulingOptions scheduling)
    {
        var host = await EmulatedOllama.StartAsync(new EmulatorOptions
        {
            Scheduling = scheduling,
            Models = [new EmulatedModel("plain:latest", ["completion"])],
        });
        var bed = new ClusterBed(host, gateways > 1 ? await RedisServer.StartAsync() : null, scheduling.Parallel);
        try
        {
            for (var i = 0; i < gateways; i++)
            {
                bed.Gateways.Add(bed.StartGateway(scheduling.Parallel, GatewayRun.FreePort()));
            }

            await Task.WhenAll(bed.Gateways.Select(gateway => gateway.WhenReadyAsync(gateways)));
            // The first requests wait for code to be compiled.
            await Task.WhenAll(bed.Gateways.Select(async gateway =>
            {
                var first = await ChatAsync(gateway, "ann", tokens: 1);
                Assert.True(first.Status == 200, first.Body);
            }));
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>A chat that is not streamed.</summary>
    /// <param name="tokens">Of the answer: they say how long it takes.</param>
    public static Task<HttpAnswer> ChatAsync(BedGateway gateway, string key, int tokens) => ChatAsync(gateway.Client, key, tokens);

    /// <summary>The same through whatever the client leads to.</summary>
    public static async Task<HttpAnswer> ChatAsync(HttpClient client, string key, int tokens)
    {
        using var request = Chat(key, tokens, stream: false);
        using var response = await client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>Returns when the headers have come, which is when the first token has.</summary>
    public static async Task<HttpResponseMessage> OpenAsync(BedGateway gateway, string key, int tokens)
    {
        using var request = Chat(key, tokens, stream: true);
        return await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The gateway that holds the scheduler: it alone reports slots.</summary>
    public async Task<BedGateway> FindHolderAsync()
    {
        using var limit = new CancellationTokenSource(LongestWait);
        while (true)
        {
            foreach (var gateway in Gateways)
            {
                if ((await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), limit.Token)).Contains("\nllamagate_slots_limit{", StringComparison.Ordinal))
                {
                    return gateway;
                }
            }
        }
    }

    /// <summary>A gateway that has ended is started again, at the same port. Returns when it is a ready member.</summary>
    public async Task ReplaceAsync(BedGateway ended)
    {
        Gateways.Remove(ended);
        ended.Dispose();
        var started = StartGateway(_slots, ended.Port);
        Gateways.Add(started);
        await Task.WhenAll(Gateways.Select(gateway => gateway.WhenReadyAsync(Gateways.Count)));
    }

    /// <summary>What a gateway answers an administrator.</summary>
    public static Task<HttpAnswer> AdminAsync(BedGateway gateway, HttpMethod method, string path) => AskAsync(gateway, method, path, Admin);

    /// <summary>What GET /v1/queue lists for a key.</summary>
    public static async Task<IReadOnlyList<JsonElement>> QueueAsync(BedGateway gateway, string key) =>
        [.. (await AskAsync(gateway, HttpMethod.Get, "/v1/queue", SecretOf(key))).Json.GetProperty("data").EnumerateArray()];

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Gateways.ForEach(gateway => gateway.Dispose());
        Redis?.Dispose();
        await Host.DisposeAsync();
        _keys.Dispose();
    }

    private static string SecretOf(string key) => $"lg-cluster-{key}-0123456789";

    private static async Task<HttpAnswer> AskAsync(BedGateway gateway, HttpMethod method, string path, string secret)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", secret);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("", Encoding.UTF8, "application/json");
        }

        using var response = await gateway.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    private static HttpRequestMessage Chat(string key, int tokens, bool stream)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ChatPath)
        {
            Content = new StringContent(
                $$"""{"model":"plain","messages":[{"role":"user","content":"caller={{key}}"}],"stream":{{JsonSerializer.Serialize(stream)}},"max_tokens":{{tokens}}}""",
                Encoding.UTF8,
                "application/json"),
        };
        request.Headers.Authorization = new("Bearer", SecretOf(key));
        return request;
    }

    private BedGateway StartGateway(int slots, string port)
    {
        (string, string)[] variables =
        [
            ("OLLAMA_HOST", Host.Address.ToString()), ("SLOTS", slots.ToString(CultureInfo.InvariantCulture)),
            ("KEYS_FILE", _keys.Path), ("CACHE_ENABLED", "false"), ("RATE_LIMIT_RPS", "100000"), ("LOG_LEVEL", "warn"),
            // As in deploy/compose.
            ("SHUTDOWN_DELAY", "5s"),
        ];
        return Redis is { } redis ? new BedGateway(port, [.. variables, ("REDIS_URL", redis.Url)]) : new BedGateway(port, variables);
    }
}
