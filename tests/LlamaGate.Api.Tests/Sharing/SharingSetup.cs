using LlamaGate.Api.Configuration;
using LlamaGate.OllamaEmulator;
using Microsoft.AspNetCore.Builder;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>What a <see cref="SharingBed"/> consists of.</summary>
internal sealed record SharingSetup
{
    /// <summary>Loads and tokens take little time, so that real time may pass. One model fits, and a runner has one slot.</summary>
    public static SchedulingOptions Quick { get; } = new()
    {
        LoadTime = TimeSpan.FromMilliseconds(50),
        TokenTime = TimeSpan.FromMilliseconds(1),
        PromptTokensPerSecond = 100_000,
    };

    /// <summary>What the hosts have; null = the recorded models, of which tiny and plain are the same blob.</summary>
    public IReadOnlyList<EmulatedModel>? Installed { get; init; } =
    [
        new("plain:latest", ["completion"]),
        new("tiny:latest", ["completion"]),
        new("embed:latest", ["embedding"]) { ContextLength = 256 },
    ];

    /// <summary>One emulator for each.</summary>
    public IReadOnlyList<SchedulingOptions> Hosts { get; init; } = [Quick];

    /// <summary>Members of each host in HOSTS_FILE besides its name and URL, as JSON text.</summary>
    public string Limits { get; init; } = "\"max_loaded\":1";

    /// <summary>The member <c>models</c> of HOSTS_FILE.</summary>
    public string Models { get; init; } = "{}";

    /// <summary>SLOTS; null = auto.</summary>
    public int? Slots { get; init; } = 1;

    /// <summary>The gateway's clock; null = the fake one, which the test moves.</summary>
    public TimeProvider? Clock { get; init; }

    public Func<GatewaySettings, GatewaySettings> Adjust { get; init; } = static settings => settings;

    /// <summary>Adds to the gateway's services.</summary>
    public Action<WebApplicationBuilder> Configure { get; init; } = static _ => { };

    public static SharingSetup InRealTime { get; } = new() { Clock = TimeProvider.System };

    /// <summary>With so many hosts.</summary>
    public SharingSetup With(int hosts) => this with { Hosts = [.. Enumerable.Repeat(Hosts[0], hosts)] };
}
