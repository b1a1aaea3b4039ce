using System.CommandLine;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.CommandLine.Doctor.Reports;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary><c>llamagate doctor</c>: diagnoses the set-up and suggests fixes.</summary>
internal static class DoctorCommand
{
    /// <summary>2 always means an invalid command line, so warnings have their own number.</summary>
    public const int WarningsFound = 3;

    private const string Notes = """
        It reads the settings as the gateway does at startup, calls Ollama and the running gateway, and lets the smallest local model generate
        some short answers: that loads the model and takes GPU time, up to some minutes. --skip-generation omits these checks.
        It changes no settings, sends API_KEY only to the gateway at --url, and prints no keys. Ctrl-C ends it at any time.
        Exit codes: 0 no problems, 1 errors, 3 warnings but no errors, 2 unknown option.
        """;

    /// <summary>In this order, because later checks use the results of earlier ones.</summary>
    public static IReadOnlyList<IDiagnosis> Diagnoses { get; } =
    [
        new ConfigurationCheck(),
        new EnvFileCheck(),
        new ListenAddressCheck(),
        new CertificateCheck(),
        new OllamaCheck(),
        new OllamaVersionCheck(),
        new ModelsCheck(),
        new KeysCheck(),
        new FirstTokenCheck(),
        new ContextLengthCheck(),
        new ParallelismCheck(),
        new CancellationCheck(),
        new GatewayCheck(),
        new ApiKeyCheck(),
        new TransportCheck(),
        new StreamingCheck(),
        new HangUpCheck(),
        new ClockCheck(),
    ];

    /// <summary>For shared hosts there are two more, and for several gateways another four.</summary>
    public static IReadOnlyList<IDiagnosis> DiagnosesOf(GatewaySettings settings) => !settings.SharesHosts ? Diagnoses :
    [
        .. Diagnoses.SelectMany(diagnosis => diagnosis switch
        {
            ModelsCheck => new[] { diagnosis, new HostsCheck(Environment.GetEnvironmentVariables()) },
            GatewayCheck => [diagnosis, new ForeignClientsCheck()],
            CertificateCheck when settings.Redis is not null =>
                [diagnosis, new RedisCheck(), new ClusterClockCheck(), new ClusterCertificateCheck(), new ClusterPortCheck()],
            _ => [diagnosis],
        }),
    ];

    public static Command Create(Option<string?> config)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON object at the end, for scripts" };
        var url = UrlOption.Create("The gateway's URL as its clients reach it, for example https://llm.example.com [default: the local one]");
        var skip = new Option<bool>("--skip-generation") { Description = "Send no request to a model" };
        var command = new NotedCommand("doctor", "Diagnose the set-up and suggest fixes", Notes) { json, url, skip };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            SettingsReader.Load(parsed.GetValue(config)), parsed.GetValue(url), parsed.GetValue(json), parsed.GetValue(skip),
            parsed.InvocationConfiguration.Output, cancellationToken));
        return command;
    }

    public static int ToExitCode(Severity worst) => worst switch
    {
        Severity.Error => GatewayCommand.Failure,
        Severity.Warning => WarningsFound,
        _ => 0,
    };

    private static async Task<int> RunAsync(
        LoadedConfiguration loaded, Uri? url, bool json, bool skipGeneration, TextWriter output, CancellationToken cancellationToken)
    {
        using var http = CommandHttp.Create();
        using var local = CommandHttp.CreateLocal();
        var settings = loaded.Errors.Count == 0 ? loaded.Settings : new GatewaySettings();
        using var hosts = DiagnosedHosts.Of(settings, http, TimeProvider.System);
        var context = new DiagnosisContext
        {
            Settings = settings,
            ConfigurationErrors = loaded.Errors,
            Directory = Directory.GetCurrentDirectory(),
            EnvFile = loaded.File,
            Warnings = loaded.Warnings,
            Gateway = url ?? GatewayAddress.Local(settings),
            GatewayIsGiven = url is not null,
            SkipsGeneration = skipGeneration,
            Http = http,
            GatewayHttp = url is null ? local : http,
            Hosts = hosts.All,
            ModelOptions =
            [
                (HostsFile.Variable, hosts.File?.Options ?? ModelOptions.None),
                ("MODEL_OPTIONS", settings.ModelOptions),
            ],
            Clock = TimeProvider.System,
        };
        IReport report = json ? new JsonReport(output, context.Gateway) : new TextReport(output);
        var runner = new DiagnosisRunner(DiagnosesOf(settings), TimeProvider.System);
        return ToExitCode(await runner.RunAsync(context, report, cancellationToken));
    }
}
