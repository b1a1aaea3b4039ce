using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Health;

/// <summary>
/// <c>llamagate health</c>: for container health checks; needs no shell or curl. It requests <c>/readyz</c>, which
/// ignores Ollama: restarting the gateway cannot fix an unreachable Ollama, and would cut off running requests. A gateway that
/// is draining accepts no requests, so it is unhealthy.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MaxLimit = TimeSpan.FromMinutes(5);

    private const string Notes = """
        Without --url it calls the gateway on this machine, at PORT and LISTEN_ADDRESS (or loopback if that means all addresses),
        over HTTPS if TLS_CERT and TLS_KEY are set. It verifies the certificate only with --url.
        It requests /readyz, which does not depend on Ollama: a container must not be restarted because Ollama is down.
        Exit codes: 0 healthy, 1 unhealthy (one line on stderr says why), 2 unknown option.
        """;

    public static Command Create(Option<string?> config)
    {
        var url = UrlOption.Create("The gateway's URL, for example http://localhost:8080");
        var upstream = new Option<bool>("--upstream") { Description = "Ollama must answer too (requests /health)" };
        var timeout = new Option<TimeSpan?>("--timeout")
        {
            Description = "Time limit, a duration like 3s or 500ms, at most 5m [default: 3s]",
            HelpName = "duration",
            CustomParser = ParseLimit,
        };
        var command = new NotedCommand("health", "Check that the running gateway is healthy", Notes) { url, upstream, timeout };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(config), parsed.GetValue(url), parsed.GetValue(upstream), parsed.GetValue(timeout) ?? DefaultLimit,
            parsed.InvocationConfiguration, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string? file, Uri? url, bool upstream, TimeSpan limit, InvocationConfiguration streams, CancellationToken cancellationToken)
    {
        var fault = await FindFaultAsync(file, url, upstream, limit, cancellationToken);
        if (fault is null)
        {
            await streams.Output.WriteLineAsync("healthy".AsMemory(), cancellationToken);
            return 0;
        }

        await streams.Error.WriteLineAsync($"unhealthy: {fault}".AsMemory(), cancellationToken);
        return GatewayCommand.Failure;
    }

    private static async Task<string?> FindFaultAsync(
        string? file, Uri? url, bool upstream, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var http = url is null ? CommandHttp.CreateLocal() : CommandHttp.Create();
        var check = new HealthCheck(http, TimeProvider.System);
        try
        {
            return await check.FindFaultAsync(url ?? ReadLocalAddress(file), upstream, limit, cancellationToken);
        }
        catch (ConfigurationException exception)
        {
            // One line, because container engines keep the output of a health check as one text.
            return "its address is not known: " + string.Join("; ", exception.Errors);
        }
    }

    /// <summary>
    /// Uses only the variables that matter. The others are treated as not set: the gateway reports errors in them, and
    /// LOG_FILE and the key must not be opened every few seconds.
    /// </summary>
    private static Uri ReadLocalAddress(string? file)
    {
        var environment = new Hashtable();
        foreach (var variable in Variables.All)
        {
            environment[variable.Name] =
                variable.Name is "PORT" or "LISTEN_ADDRESS" or "TLS_CERT" or "TLS_KEY" ? Environment.GetEnvironmentVariable(variable.Name) : "";
        }

        return GatewayAddress.Local(
            SettingsReader.Load(EnvFileLocation.OfThisProcess(file), environment, NamedFiles.CheckNone).OrThrow().Settings);
    }

    private static TimeSpan? ParseLimit(ArgumentResult result)
    {
        if (VariableText.Positive(result.Tokens[0].Value, MaxLimit) is { } limit)
        {
            return limit;
        }

        result.AddError("--timeout: a duration like 3s or 500ms is needed, more than 0, at most 5m.");
        return null;
    }
}
