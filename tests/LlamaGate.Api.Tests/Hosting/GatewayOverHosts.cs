using System.Text;
using System.Text.Json;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;
using LlamaGate.Application.Models;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.OllamaEmulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlamaGate.Api.Tests.Hosting;

/// <summary>
/// The gateway in front of several emulated hosts named a, b, c …, real sockets everywhere, with the gateway's fake clock. The probes are
/// not among the emulators' requests.
/// </summary>
internal sealed class GatewayOverHosts : IAsyncDisposable
{
    private readonly HttpClient _client;

    private GatewayOverHosts(IReadOnlyList<EmulatedOllama> ollamas, HostList list, RunningGateway gateway)
    {
        Ollamas = ollamas;
        List = list;
        Gateway = gateway;
        _client = new HttpClient(new SocketsHttpHandler { MaxResponseDrainSize = 0, UseProxy = false })
        {
            BaseAddress = gateway.Client.BaseAddress,
            Timeout = GatewayOverOllama.LongestWait,
        };
    }

    public IReadOnlyList<EmulatedOllama> Ollamas { get; }

    public HostList List { get; }

    public RunningGateway Gateway { get; }

    public HttpClient Client => _client;

    /// <summary>Starts one emulator for each list of models, and returns when all hosts have been probed.</summary>
    public static async Task<GatewayOverHosts> StartAsync(
        EmulatorOptions[] hosts, Func<GatewaySettings, GatewaySettings>? adjust = null, Func<OllamaHostOptions, OllamaHostOptions>? change = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var ollamas = new List<EmulatedOllama>();
        foreach (var options in hosts)
        {
            ollamas.Add(await StartOllamaAsync(options));
        }

        var list = new HostList(
            [.. ollamas.Select((ollama, i) => Named(NameOf(i), ollama.Address)).Select(host => change?.Invoke(host) ?? host)], isShared: true);
        var settings = new GatewaySettings { OllamaHost = ollamas[0].Address, RateLimitRps = 1_000_000, CacheEnabled = false };
        settings = adjust?.Invoke(settings) ?? settings;
        var gateway = await RunningGateway.StartAsync(settings, builder =>
        {
            builder.Services
                .Replace(ServiceDescriptor.Singleton(new OllamaOptions { Hosts = list, Timeout = settings.Timeout }))
                .Replace(ServiceDescriptor.Singleton(new HostSharing(IsOn: true)));
            configure?.Invoke(builder);
        });
        var bed = new GatewayOverHosts(ollamas, list, gateway);
        await bed.GetAsync("/health");
        return bed;
    }

    public static Task<GatewayOverHosts> StartAsync(int hosts) =>
        StartAsync([.. Enumerable.Repeat(new EmulatorOptions(), hosts)]);

    public static async Task<EmulatedOllama> StartOllamaAsync(EmulatorOptions options)
    {
        var ollama = await EmulatedOllama.StartAsync(options);
        ollama.Ignore(request => request.Method == "GET" && !request.Headers.ContainsKey("X-Request-ID"));
        return ollama;
    }

    public static OllamaHostOptions Named(string name, Uri address) =>
        new() { Name = name, Address = address, DisplayAddress = $"at-{name}" };

    public Task<HttpAnswer> ChatAsync(string model = "plain", params (string Name, string Value)[] headers) =>
        PostAsync("/v1/chat/completions", ChatBody.ForModel(model, stream: false), headers);

    public async Task<HttpAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    public async Task<HttpAnswer> GetAsync(string path)
    {
        using var response = await _client.GetAsync(path);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>Lets the results of the probes become old and waits for new ones of the hosts that are up.</summary>
    public async Task ProbeAsync()
    {
        Gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        await GetAsync("/health");
    }

    /// <summary>What <c>/health?verbose</c> says about a host.</summary>
    public async Task<JsonElement> HostAsync(string name) =>
        (await GetAsync("/health?verbose")).Json.GetProperty("hosts").EnumerateArray()
        .Single(host => host.GetProperty("name").GetString() == name);

    /// <summary>Waits until a host is in this state.</summary>
    public Task UntilAsync(string name, string state) => UntilAsync(name, host => host.GetProperty("state").GetString() == state);

    /// <summary>Waits until this is true of what <c>/health?verbose</c> says about a host.</summary>
    public async Task UntilAsync(string name, Func<JsonElement, bool> isReached)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (!isReached(await HostAsync(name)))
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>How many calls each host has seen on a path, in their order.</summary>
    public IEnumerable<int> Seen(string path = "/api/chat") => Ollamas.Select(ollama => ollama.Requests.Count(request => request.Path == path));

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Gateway.DisposeAsync();
        foreach (var ollama in Ollamas)
        {
            await ollama.DisposeAsync();
        }
    }

    private static string NameOf(int index) => ((char)('a' + index)).ToString();
}
