using System.Text;
using System.Text.Json;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Configuration.Hosts;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>
/// The gateway in front of hosts a, b … that load, queue and take time as a real Ollama does. Real sockets everywhere; HOSTS_FILE names the
/// hosts. What the gateway asks for itself by GET is not among the emulators' requests.
/// </summary>
internal sealed class SharingBed : IAsyncDisposable
{
    public const string ChatPath = "/v1/chat/completions";

    private readonly HostsFileBed _file;
    private readonly SharingSetup _setup;

    private SharingBed(SharingSetup setup, HostsFileBed file, IReadOnlyList<EmulatedOllama> hosts, RunningGateway gateway)
    {
        (_setup, _file, Hosts, Gateway) = (setup, file, hosts, gateway);
        Client = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0, ResponseDrainTimeout = TimeSpan.Zero, UseProxy = false })
        {
            BaseAddress = gateway.Client.BaseAddress,
            Timeout = GatewayOverOllama.LongestWait,
        };
    }

    public IReadOnlyList<EmulatedOllama> Hosts { get; }

    /// <summary>The first host.</summary>
    public EmulatedOllama Host => Hosts[0];

    public RunningGateway Gateway { get; }

    public HttpClient Client { get; }

    /// <summary>Returns when all hosts have been probed.</summary>
    public static async Task<SharingBed> StartAsync(SharingSetup? setup = null)
    {
        setup ??= new SharingSetup();
        var hosts = new List<EmulatedOllama>();
        foreach (var scheduling in setup.Hosts)
        {
            hosts.Add(await GatewayOverHosts.StartOllamaAsync(new EmulatorOptions { Scheduling = scheduling, Models = setup.Installed }));
        }

        var file = new HostsFileBed();
        file.Write("hosts.json", Json(setup, hosts, setup.Limits));
        var settings = setup.Adjust(new GatewaySettings
        {
            HostsFile = file.Path,
            RateLimitRps = 1_000_000,
            CacheEnabled = false,
            LearnsSlots = setup.Slots is null,
        });
        settings = settings with { Scheduler = settings.Scheduler with { Slots = setup.Slots } };
        var gateway = await RunningGateway.StartAsync(settings, builder =>
        {
            if (setup.Clock is { } clock)
            {
                builder.Services.AddSingleton(clock);
            }

            setup.Configure(builder);
        });
        var bed = new SharingBed(setup, file, hosts, gateway);
        await bed.GetAsync("/health");
        return bed;
    }

    /// <summary>Writes HOSTS_FILE anew, and lets it be read.</summary>
    /// <param name="limits">For each host that stays, as <see cref="SharingSetup.Limits"/>.</param>
    public void Rewrite(params (int Host, string Limits)[] limits)
    {
        var hosts = limits.Select(one => HostJson(one.Host, Hosts[one.Host], one.Limits));
        _file.Write("hosts.json", $$"""{"hosts":[{{string.Join(',', hosts)}}],"models":{{_setup.Models}}}""");
        Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    public async Task<HttpAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(path, body, HttpCompletionOption.ResponseContentRead, headers, CancellationToken.None);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>A chat that is not streamed.</summary>
    public Task<HttpAnswer> ChatAsync(string model = "plain", params (string Name, string Value)[] headers) =>
        PostAsync(ChatPath, Chat(model), headers);

    /// <summary>Returns when the headers have come.</summary>
    public async Task<EventStream> OpenAsync(string body, CancellationToken cancellationToken = default) =>
        await EventStream.OfAsync(await SendAsync(ChatPath, body, HttpCompletionOption.ResponseHeadersRead, [], cancellationToken));

    public async Task<HttpAnswer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, path, headers);
        using var response = await Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>What GET /v1/queue lists.</summary>
    public async Task<IReadOnlyList<JsonElement>> QueueAsync(params (string Name, string Value)[] headers) =>
        [.. (await GetAsync("/v1/queue", headers)).Json.GetProperty("data").EnumerateArray()];

    /// <summary>Waits until the queue shows so many calls waiting.</summary>
    public async Task WaitingAsync(int count, params (string Name, string Value)[] headers)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while ((await QueueAsync(headers)).Count(call => call.GetProperty("state").GetString() == "waiting") != count)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Starts a stream that keeps its slot until the gate is released. Returns when it has one.</summary>
    public async Task<HeldSlot> HoldAsync(string model = "plain", int host = 0, params (string Name, string Value)[] headers)
    {
        var gate = new OllamaEmulator.Gate();
        Hosts[host].Enqueue(Scenario.Says("held", " on").PauseAt(1, gate), "/api/chat");
        var answer = PostAsync(ChatPath, Chat(model, stream: true), headers);
        await gate.Reached.WaitAsync(GatewayOverOllama.LongestWait);
        return new HeldSlot(gate, answer);
    }

    /// <summary>Holds a slot of each of two hosts. While one is loaded, the other one drains, so that both get the model.</summary>
    public async Task<HeldSlot[]> HoldBothAsync()
    {
        const string Limits = "\"max_loaded\":1";
        Rewrite((0, $"{Limits},\"drain\":true"), (1, Limits));
        var second = await HoldAsync(host: 1);
        Rewrite((0, Limits), (1, $"{Limits},\"drain\":true"));
        var first = await HoldAsync();
        Rewrite((0, Limits), (1, Limits));
        return [first, second];
    }

    /// <summary>Calls on a path of the host, in their order.</summary>
    public IReadOnlyList<RecordedRequest> Calls(string path = "/api/chat", int host = 0) =>
        [.. Hosts[host].Requests.Where(request => request.Path == path)];

    /// <summary>The num_ctx that a host was sent.</summary>
    public static int ContextOf(RecordedRequest call) => call.Json().GetProperty("options").GetProperty("num_ctx").GetInt32();

    /// <param name="members">Further members, as JSON text.</param>
    public static string Chat(string model = "plain", bool stream = false, string content = "hi", string members = "\"max_tokens\":3") =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{content}}"}],"stream":{{JsonSerializer.Serialize(stream)}},{{members}}}""";

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        _file.Dispose();
    }

    private static string Json(SharingSetup setup, IReadOnlyList<EmulatedOllama> hosts, string limits) =>
        $$"""{"hosts":[{{string.Join(',', hosts.Select((host, i) => HostJson(i, host, limits)))}}],"models":{{setup.Models}}}""";

    private static string HostJson(int index, EmulatedOllama host, string limits) =>
        $$"""{"name":"{{(char)('a' + index)}}","url":"{{host.Address}}"{{(limits.Length > 0 ? "," : "")}}{{limits}}}""";

    private static HttpRequestMessage Request(HttpMethod method, string path, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public async Task<HttpResponseMessage> SendAsync(
        string path,
        string body,
        HttpCompletionOption completion,
        (string Name, string Value)[] headers,
        CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Post, path, headers);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Client.SendAsync(request, completion, cancellationToken);
    }
}
