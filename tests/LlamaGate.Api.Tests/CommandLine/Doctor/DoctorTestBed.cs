using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.CommandLine.Doctor;

/// <summary>An emulated Ollama and what the doctor knows of it. Nothing has been learned yet unless the test says so.</summary>
internal sealed class DoctorTestBed : IAsyncDisposable
{
    private DoctorTestBed(EmulatedOllama ollama) => Ollama = ollama;

    public EmulatedOllama Ollama { get; }

    public HttpClient Http { get; } = CommandHttp.Create();

    public static async Task<DoctorTestBed> OpenAsync(params EmulatedModel[] models) =>
        new(await EmulatedOllama.StartAsync(new EmulatorOptions { Models = models }));

    public DiagnosisContext CreateContext(
        Func<GatewaySettings, GatewaySettings>? adjust = null, Uri? gateway = null, TimeProvider? clock = null)
    {
        var settings = new GatewaySettings { OllamaHost = Ollama.Address };
        return CreateContext(Http, adjust?.Invoke(settings) ?? settings, gateway, clock);
    }

    public static DiagnosisContext CreateContext(
        HttpClient http, GatewaySettings settings, Uri? gateway = null, TimeProvider? clock = null) => new()
        {
            Settings = settings,
            ConfigurationErrors = [],
            Directory = Path.GetTempPath(),
            Gateway = gateway ?? new Uri("http://127.0.0.1:1"),
            GatewayIsGiven = gateway is not null,
            Http = http,
            Hosts = [.. settings.OllamaHosts.Select(host => DiagnosedHosts.Of(host, http, settings, clock ?? TimeProvider.System))],
            ModelOptions = [("MODEL_OPTIONS", settings.ModelOptions)],
            Clock = clock ?? TimeProvider.System,
        };

    /// <summary>Makes one check as the runner does, but without its limits.</summary>
    public static async Task<Finding> AskAsync(IDiagnosis diagnosis, DiagnosisContext context) =>
        await diagnosis.RunAsync(context, CancellationToken.None).WaitAsync(GatewayOverOllama.LongestWait);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Ollama.DisposeAsync();
    }
}
