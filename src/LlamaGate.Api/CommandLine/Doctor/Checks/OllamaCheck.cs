using System.Text.Json;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration.Hosts;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Does Ollama answer at the address of each host, and if not, why?</summary>
internal sealed class OllamaCheck : IDiagnosis
{
    public string Name => "ollama";

    public TimeSpan Limit => TimeSpan.FromSeconds(10);

    public bool IsPerHost => true;

    public Needs Needs => Needs.Configuration;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var where = context.Host.Configured.DisplayAddress;
        var setting = context.Host.Setting;
        try
        {
            context.OllamaVersion = (await context.Ollama.GetVersionAsync(cancellationToken)).Version;
            if (string.IsNullOrWhiteSpace(context.OllamaVersion))
            {
                return NotOllama(where, setting);
            }

            context.OllamaAnswers = true;
            return new Finding(Severity.Ok, $"Ollama answers at {where}.");
        }
        catch (JsonException)
        {
            return NotOllama(where, setting);
        }
        catch (UnexpectedAnswerException exception)
        {
            return exception.Status switch
            {
                _ when exception.AddressFault is { } fault => new Finding(Severity.Error, fault.Replace("OLLAMA_HOST", setting, StringComparison.Ordinal)),
                401 or 403 when exception.Status is 401 || exception.HasError => new Finding(
                    Severity.Error, $"{where} refuses these credentials ({exception.Status}).",
                    Advice: setting is HostsFile.Variable
                        ? "Its api_key in HOSTS_FILE is missing or wrong. For a proxy that requires a name and a password, set them in url: https://name:password@host."
                        : "OLLAMA_API_KEY is missing or wrong. For a proxy that requires a name and a password, set them in OLLAMA_HOST: https://name:password@host."),
                403 => new Finding(
                    Severity.Error, $"Ollama at {where} refuses this host name (403).",
                    "Ollama answers only to host names that it knows.",
                    $"Use its IP address in {setting}, or start it with OLLAMA_HOST=0.0.0.0."),
                _ => new Finding(Severity.Error, $"{exception.Message} at {where}."),
            };
        }
        catch (Exception exception) when (ConnectionFaults.Of(exception) is not null)
        {
            var fault = ConnectionFaults.Of(exception).GetValueOrDefault();
            return new Finding(
                Severity.Error,
                $"Ollama does not answer at {where}.",
                $"{Capitalize(ConnectionFaults.Describe(fault, exception))}.",
                AdviceFor(fault, setting));
        }
    }

    private static Finding NotOllama(string where, string setting) => new(
        Severity.Error, $"The server at {where} is not Ollama.", Advice: $"Check host, port and path in {setting}.");

    private static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string AdviceFor(ConnectionFault fault, string setting) => fault switch
    {
        ConnectionFault.Refused => "Start it (ollama serve). On another machine or in a container, set OLLAMA_HOST=0.0.0.0 in Ollama's own environment, so that it listens there.",
        ConnectionFault.UnknownName => $"Check the host name in {setting}; in a container, localhost is the container itself.",
        ConnectionFault.Unreachable => $"Check the address in {setting}, the network and the firewall.",
        ConnectionFault.Tls when setting is HostsFile.Variable =>
            "Ollama itself serves plain HTTP: use http:// unless a proxy is in front of it. Check its ca_file, client_cert and client_key.",
        ConnectionFault.Tls => "Ollama itself serves plain HTTP: use http:// unless a proxy with a trusted certificate is in front of it.",
        ConnectionFault.Timeout => $"Check the address in {setting} and the firewall; read Ollama's log.",
        ConnectionFault.NotHttp or ConnectionFault.Broken => $"Check host, port and http:// or https:// in {setting}.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
