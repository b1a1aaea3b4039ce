using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Configuration.Hosts;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>A gateway whose one host is shared among callers, because HOSTS_FILE names it.</summary>
internal sealed class SharedBed : IAsyncDisposable
{
    private readonly HostsFileBed _file = new();
    private GatewayOverOllama? _bed;

    private SharedBed()
    {
    }

    public GatewayOverOllama Bed => _bed ?? throw new InvalidOperationException("The gateway was not started.");

    /// <param name="models">The member <c>models</c> of the file.</param>
    public static async Task<SharedBed> StartAsync(string models = "{}", Func<GatewaySettings, GatewaySettings>? adjust = null)
    {
        var shared = new SharedBed();
        shared._bed = await GatewayOverOllama.StartAsync(settings =>
        {
            shared._file.Write("hosts.json", $$"""{"hosts":[{"name":"one","url":"{{settings.OllamaHost}}"}],"models":{{models}}}""");
            settings = settings with { OllamaHosts = new GatewaySettings().OllamaHosts, HostsFile = shared._file.Path };
            return adjust?.Invoke(settings) ?? settings;
        });
        return shared;
    }

    /// <summary>The bodies of the gateway's own loads.</summary>
    public IEnumerable<string> Loads => Bed.Ollama.Requests.Where(request => request.Method == "POST" && !IsCall(request)).Select(load => load.Body);

    /// <summary>The body of the next call to an endpoint of Ollama's.</summary>
    public async Task<string> NextBodyAsync(string path)
    {
        while (true)
        {
            var next = await Bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, path);
            if (IsCall(next))
            {
                return next.Body;
            }
        }
    }

    /// <summary>The calls of callers: those that the gateway makes for itself carry no id.</summary>
    public IEnumerable<RecordedRequest> CallsOf(string path) => Bed.Ollama.Requests.Where(request => request.Path == path && IsCall(request));

    private static bool IsCall(RecordedRequest request) => request.Headers.ContainsKey("X-Request-ID");

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
        {
            await _bed.DisposeAsync();
        }

        _file.Dispose();
    }
}
