using System.Net;
using LlamaGate.OllamaEmulator.Hosting;

namespace LlamaGate.OllamaEmulator;

/// <summary>
/// An Ollama server without a model, on a real socket: it answers natively, replays recordings, plays scripted faults
/// and remembers what it was sent. Quiet, without signal handlers, and independent of the test's own configuration.
/// </summary>
public sealed class EmulatedOllama : IAsyncDisposable
{
    private readonly Emulator _emulator;
    private WebApplication? _app;
    private PortReservation? _reserved;

    private EmulatedOllama(WebApplication app, Emulator emulator, Uri address)
    {
        _app = app;
        _emulator = emulator;
        Address = address;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; }

    /// <summary>
    /// The last 1000 requests in the order in which they came, as they are now. Control requests are not among them.
    /// </summary>
    public IReadOnlyList<RecordedRequest> Requests => _emulator.Log.Snapshot();

    /// <summary>
    /// When set, every GET and HEAD (<c>/</c>, version, tags, ps) is answered with this error status.
    /// </summary>
    public int? HealthStatus
    {
        get => _emulator.Script.HealthStatus;
        set => _emulator.Script.HealthStatus = value;
    }

    /// <summary>
    /// When set, new connections and requests on open ones are answered by a TCP reset. A stopped emulator refuses connections.
    /// </summary>
    public bool ResetsConnections
    {
        get => _emulator.ResetsConnections;
        set => _emulator.ResetsConnections = value;
    }

    /// <summary>
    /// The model's name for each time a runner was started: when a model is first used, and when a call asks for a runner of another kind.
    /// </summary>
    public IReadOnlyList<string> Loads => _emulator.Runners is { } runners
        ? [.. runners.Loads.Select(load => load.Model)]
        : _emulator.Loaded.Loads;

    /// <summary>What is loaded, runs and waits, and the counts of it.</summary>
    /// <exception cref="InvalidOperationException">The emulator was started without <see cref="EmulatorOptions.Scheduling"/>.</exception>
    public EmulatedRunners Runners =>
        _emulator.Runners ?? throw new InvalidOperationException("This emulator does not schedule; see EmulatorOptions.Scheduling.");

    /// <summary>Starts on a free loopback port unless the options say otherwise.</summary>
    public static async Task<EmulatedOllama> StartAsync(EmulatorOptions? options = null)
    {
        var emulator = new Emulator(options ?? new EmulatorOptions());
        var app = EmulatorHost.Build(emulator, handleSignals: false);
        await app.StartAsync();
        return new EmulatedOllama(app, emulator, EmulatorHost.AddressOf(app));
    }

    /// <summary>
    /// Ends as a killed server: answers are cut off, connections are refused, and what was loaded is lost. The port is kept for
    /// <see cref="RestartAsync"/>; requests, scripts and counts stay.
    /// </summary>
    public Task StopAsync() => EndAsync(keepsPort: true);

    /// <summary>Listens again where it did before <see cref="StopAsync"/>, with no model loaded.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _reserved?.Dispose();
        _reserved = null;
        _app = EmulatorHost.Build(_emulator, handleSignals: false, Address.Port);
        await _app.StartAsync();
    }

    /// <summary>
    /// Plays the scenario once, for the next request on the path; null means the next chat, generate or embed request.
    /// Enqueued scenarios come before responders and model names.
    /// </summary>
    public void Enqueue(Scenario scenario, string? path = null) => _emulator.Script.Enqueue(scenario, path);

    /// <summary>
    /// Plays the scenario once, for the next request that only loads a model, in the form in which a gateway sends it. Other scenarios do not
    /// concern such requests.
    /// </summary>
    public void EnqueueLoad(Scenario scenario) => _emulator.Script.EnqueueLoad(scenario);

    /// <summary>
    /// Asks the function for every request from now on; null leaves the request to the responders before it.
    /// </summary>
    public void Respond(Func<RecordedRequest, Scenario?> responder) => _emulator.Script.Respond(responder);

    /// <summary>
    /// The next request nobody was given yet, in order of arrival; on that path only, if one is named.
    /// </summary>
    /// <exception cref="TimeoutException">None came in time; the message lists what came.</exception>
    public Task<RecordedRequest> NextRequestAsync(TimeSpan timeout, string? path = null) =>
        _emulator.Log.WaitAsync(request => path is null || request.Path == path, claims: true, timeout);

    /// <summary>The first request that matches, already here or to come.</summary>
    /// <exception cref="TimeoutException">None came in time; the message lists what came.</exception>
    public Task<RecordedRequest> WaitForRequestAsync(Func<RecordedRequest, bool> predicate, TimeSpan timeout) =>
        _emulator.Log.WaitAsync(predicate, claims: false, timeout);

    /// <summary>Answers such requests from now on without remembering them.</summary>
    public void Ignore(Func<RecordedRequest, bool> predicate) => _emulator.Log.Ignore(predicate);

    /// <summary>Forgets the requests, the queue, the responders and the health status.</summary>
    public void Reset()
    {
        _emulator.Log.Clear();
        _emulator.Script.Clear();
    }

    /// <summary>Stops listening; hanging answers are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        // The port is free at once: what is bound for a moment only could meet another test's.
        await EndAsync(keepsPort: false);
        _reserved?.Dispose();
        _emulator.Runners?.Host.Dispose();
    }

    private async Task EndAsync(bool keepsPort)
    {
        if (_app is not { } app)
        {
            return;
        }

        _app = null;
        await app.StopAsync();
        if (keepsPort)
        {
            _reserved = new PortReservation(new IPEndPoint(IPAddress.Parse(Address.Host), Address.Port));
        }

        await app.DisposeAsync();
        _emulator.Loaded.Clear();
        _emulator.Runners?.Host.Clear();
    }
}
