using System.Globalization;
using LlamaGate.Api.Tests.CommandLine.Connections;

namespace LlamaGate.Api.Tests.CommandLine.Health;

/// <summary>The command as a container's HEALTHCHECK runs it: in a process of its own.</summary>
public sealed class HealthCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("127.0.0.1")]
    public async Task Health_WithoutUrl_AsksTheAddressOfTheSettings(string listen)
    {
        await using var server = ScriptedServer.Answering(200, """{"status":"ready"}""");
        var port = server.Root.Port.ToString(CultureInfo.InvariantCulture);
        // What is wrong or heavy in the other settings is the gateway's own business.
        await File.WriteAllTextAsync(
            Path.Combine(_directory, ".env"), $"PORT={port}\nLISTEN_ADDRESS={listen}\nTIMEOUT=nonsense\nLOG_FILE=gate.log\n");
        Assert.Equal((0, "healthy", ""), await RunAsync(["health"]));
        Assert.False(File.Exists(Path.Combine(_directory, "gate.log")));
    }

    [Fact]
    public async Task Health_Unhealthy_SaysWhyInOneLineAndExits1()
    {
        await using var server = ScriptedServer.Answering(503, """{"status":"draining"}""");
        var (exit, output, error) = await RunAsync(["health", "--url", server.Root.AbsoluteUri]);
        Assert.Equal((1, ""), (exit, output));
        Assert.Equal($"unhealthy: {server.Root}readyz answered 503: draining", error);
    }

    [Fact]
    public async Task Health_Upstream_AsksHealth()
    {
        await using var server = ScriptedServer.Answering(
            503, """{"status":"unhealthy","error":"Ollama unreachable","ollama_host":"http://h:1"}""");
        var (exit, _, error) = await RunAsync(["health", "--upstream", "--url", server.Root.AbsoluteUri]);
        Assert.Equal((1, $"unhealthy: {server.Root}health answered 503: Ollama unreachable"), (exit, error));
    }

    [Fact]
    public async Task Health_SilentGateway_EndsAtTheGivenLimit()
    {
        await using var server = ScriptedServer.Silent();
        var (exit, _, error) = await RunAsync(["health", "--timeout", "200ms", "--url", server.Root.AbsoluteUri]);
        Assert.Equal((1, $"unhealthy: {server.Root}readyz did not answer within 200ms"), (exit, error));
    }

    [Fact]
    public async Task Health_PortThatIsNone_SaysSoInOneLine()
    {
        var (exit, output, error) = await RunAsync(["health"], ("PORT", "none"));
        Assert.Equal((1, ""), (exit, output));
        Assert.Equal(
            "unhealthy: its address is not known: PORT: \"none\" is not allowed; allowed: a whole number from 1 to 65535",
            error);
    }

    [Theory]
    [InlineData("--url", "http://me:pw123@h:1")]
    [InlineData("--url", "pw123 nonsense")]
    [InlineData("--timeout", "5")]
    [InlineData("--timeout", "0s")]
    [InlineData("--timeout", "6m")]
    public async Task Health_OptionThatIsNotAllowed_Exits2AndDoesNotRepeatIt(string option, string value)
    {
        var (exit, output, error) = await CommandRun.RunAsync("health", option, value);
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith(option + ": ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("pw123", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments, params (string Name, string Value)[] variables)
    {
        using var run = GatewayRun.Start(_directory, arguments, variables);
        var (exit, output, error) = await run.EndAsync();
        return (exit, output.TrimEnd(), error.TrimEnd());
    }
}
