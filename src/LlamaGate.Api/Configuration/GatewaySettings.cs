using System.Net;
using System.Net.Http.Headers;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Domain.Scheduling;

namespace LlamaGate.Api.Configuration;

/// <summary>
/// Everything an operator can set, typed and checked. The initial values here are the product's defaults: the help text
/// and the tables in the documents are generated from them or compared with them. Names, ranges and units are in <see cref="Variables"/>.
/// </summary>
internal sealed record GatewaySettings
{
    private static readonly IReadOnlyList<ConfiguredHost> ThisMachine = [ConfiguredHost.At(new("http://localhost:11434"))];


    /// <summary>The hosts of OLLAMA_HOST, at least one. Not used when <see cref="HostsFile"/> is set.</summary>
    public IReadOnlyList<ConfiguredHost> OllamaHosts { get; init; } = ThisMachine;

    /// <summary>
    /// The address of the first one, as configured: it may contain a path and credentials. For display use <see cref="RedactedOllamaHost"/>.
    /// </summary>
    public Uri OllamaHost
    {
        get => OllamaHosts[0].Address;
        init => OllamaHosts = [ConfiguredHost.At(value)];
    }

    /// <summary>Path of a file with the hosts, instead of OLLAMA_HOST; empty = none.</summary>
    public string HostsFile { get; init; } = "";

    /// <summary>
    /// The key for Ollama, or a proxy in front of it, sent as <c>Authorization: Bearer</c> to hosts of OLLAMA_HOST without credentials of
    /// their own; empty = none.
    /// </summary>
    public string OllamaApiKey { get; init; } = "";

    /// <summary>The caller's key; empty = no authentication.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The key of the administration, <c>/admin</c>; empty = none.</summary>
    public string AdminKey { get; init; } = "";

    /// <summary>Path of a file with keys and what their holders may do; empty = none.</summary>
    public string KeysFile { get; init; } = "";

    /// <summary>Who else may be able to read <see cref="KeysFile"/>.</summary>
    public KeysFileMode KeysFileMode { get; init; } = KeysFileMode.Strict;

    /// <summary>Path of the directory for the accounts; empty = they are kept in memory.</summary>
    public string DataDir { get; init; } = "";

    /// <summary>Requests per second and client.</summary>
    public decimal RateLimitRps { get; init; } = 10;

    public bool Debug { get; init; }

    /// <summary>0 lets the system choose; only for tests, as the variable does not allow it.</summary>
    public int Port { get; init; } = 8080;

    public IPAddress ListenAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Path of a PEM file with the server's certificate and its chain; empty = plain HTTP.</summary>
    public string TlsCert { get; init; } = "";

    /// <summary>Path of a PEM file with the key of that certificate.</summary>
    public string TlsKey { get; init; } = "";

    /// <summary>Path of a second copy of the log; empty = none.</summary>
    public string LogFile { get; init; } = "";

    /// <summary>The format of the lines on stdout; LOG_FILE is always JSON.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Auto;

    /// <summary>No byte from Ollama for that long ends the exchange.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the gateway accepts requests after the first signal, no longer ready. A load balancer needs that time to see it.</summary>
    public TimeSpan ShutdownDelay { get; init; }

    /// <summary>How long running requests may continue after the first signal and <see cref="ShutdownDelay"/>.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public bool CacheEnabled { get; init; } = true;

    /// <summary>Which answers are cached, while <see cref="CacheEnabled"/>.</summary>
    public CacheMode CacheMode { get; init; } = CacheMode.All;

    public TimeSpan CacheTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>In MiB.</summary>
    public int CacheMaxMb { get; init; } = 256;

    /// <summary>In MiB; 0 = no response can be referred to.</summary>
    public int ResponsesStoreMb { get; init; } = 64;

    public TimeSpan ResponsesStoreTtl { get; init; } = TimeSpan.FromHours(1);

    /// <summary>In MiB.</summary>
    public int MaxBodyMb { get; init; } = 64;

    public ContextOverflow ContextOverflow { get; init; } = ContextOverflow.Error;

    /// <summary>What of Ollama's own API is served.</summary>
    public NativeApi NativeApi { get; init; } = NativeApi.On;

    /// <summary>Zero = no keep-alive comments.</summary>
    public TimeSpan SseKeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether GET /metrics is served.</summary>
    public bool ServesMetrics { get; init; } = true;

    /// <summary>The variables of OpenTelemetry's own, OTEL_…, by name. They may hold secrets.</summary>
    public IReadOnlyDictionary<string, string> OpenTelemetry { get; init; } = TelemetryVariables.None;

    /// <summary>The Redis in which several gateways find each other; null = this one works alone.</summary>
    public RedisAddress? Redis { get; init; }

    /// <summary>Where the other gateways reach this one; port 0 = a free one.</summary>
    public IPEndPoint ClusterAddress { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Path of a PEM file with the certificate for the other gateways, and its key; empty = none.</summary>
    public string ClusterCertificate { get; init; } = "";

    /// <summary>Path of a PEM file with the authorities of the gateways' certificates; empty = none.</summary>
    public string ClusterCa { get; init; } = "";

    /// <summary>The operator's choices for the queue of shared hosts.</summary>
    public SchedulerOptions Scheduler { get; init; } = new();

    /// <summary>Whether SLOTS is <c>auto</c>: the slots are learned, and a single host is shared too.</summary>
    public bool LearnsSlots { get; init; }

    /// <summary>The interval of queue comments in a waiting stream, where it is set; zero = none.</summary>
    public TimeSpan? OwnQueueNotice { get; init; }

    /// <summary>The interval of queue comments in a waiting stream (QUEUE_NOTICE, else SSE_KEEPALIVE); zero = none.</summary>
    public TimeSpan QueueNotice => OwnQueueNotice ?? SseKeepAlive;

    /// <summary>The proxies whose X-Forwarded-For is trusted; empty = none.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>Additional names for models.</summary>
    public ModelAliases ModelAliases { get; init; } = ModelAliases.None;

    /// <summary>Ollama's options by a pattern of models' names, where a request names none of its own.</summary>
    public ModelOptions ModelOptions { get; init; } = ModelOptions.None;

    /// <summary>Origins of web pages that may call, besides those of this machine; empty = none.</summary>
    public IReadOnlyList<OriginPattern> CorsOrigins { get; init; } = [];

    /// <summary>Host names that are served without a key on a loopback address, in addition to this machine's; empty = none.</summary>
    public IReadOnlyList<HostPattern> AllowedHosts { get; init; } = [];

    /// <summary>Whether any answers are cached.</summary>
    public bool KeepsAnswers => CacheEnabled && CacheMode is not CacheMode.Off;

    /// <summary>Whether callers need a key.</summary>
    public bool AuthenticationEnabled => ApiKey.Length > 0 || KeysFile.Length > 0;

    /// <summary>The keys file and what it may be like; null when there is none.</summary>
    public KeysFileOptions? KeysFileOptions => KeysFile.Length == 0
        ? null
        : new KeysFileOptions(KeysFile) { MayBeOpen = KeysFileMode is KeysFileMode.Open, ApiKey = ApiKey, AdminKey = AdminKey };

    /// <summary>Whether the gateways of a cluster identify themselves to each other.</summary>
    public bool UsesClusterTls => Redis is not null && ClusterCertificate.Length > 0 && ClusterCa.Length > 0;

    public bool UsesTls => TlsCert.Length > 0 && TlsKey.Length > 0;

    /// <summary>How calls authenticate to hosts without credentials of their own; null = not at all, as with Ollama itself.</summary>
    public AuthenticationHeaderValue? UpstreamAuthorization =>
        OllamaApiKey.Length > 0 ? new AuthenticationHeaderValue("Bearer", OllamaApiKey) : null;

    /// <summary>Whether OLLAMA_HOST was given as something else than its default.</summary>
    public bool NamesHosts => !ReferenceEquals(OllamaHosts, ThisMachine) && RedactedOllamaHost != ThisMachine[0].ToString();

    /// <summary>Whether the gateway manages hosts for a team: several hosts, hosts of a file, one with SLOTS, or any with REDIS_URL.</summary>
    public bool SharesHosts => Redis is not null || HostsFile.Length > 0 || OllamaHosts.Count > 1 || LearnsSlots || Scheduler.Slots is not null;

    public long MaxBodyBytes => MaxBodyMb * 1024L * 1024L;

    /// <summary>OLLAMA_HOST for logs, health answers and messages: never with credentials.</summary>
    public string RedactedOllamaHost => string.Join(',', OllamaHosts);

    /// <summary>A record would print every member, including the key.</summary>
    public override string ToString() =>
        $"{nameof(GatewaySettings)} {{ {ListenAddress}:{Port} → {RedactedOllamaHost} }}";
}
