using System.Net;
using LlamaGate.Bench.Processes;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Tests.Servers;

/// <summary>The configurations that the tables name are the ones that the processes get.</summary>
public sealed class VariablesTests
{
    private static readonly IPEndPoint Address = new(IPAddress.Loopback, 18099);
    private static readonly IPEndPoint Upstream = new(IPAddress.Loopback, 11434);

    [Fact]
    public void Gateway_InItsDefaultConfiguration_HasCacheKeyAndLogFile()
    {
        var variables = GatewayVariables.For(Address, Upstream, "/logs/a.log", isCacheOn: true);

        Assert.Equal("true", variables["CACHE_ENABLED"]);
        Assert.Equal(GatewayVariables.Key, variables["API_KEY"]);
        Assert.Equal("/logs/a.log", variables["LOG_FILE"]);
        Assert.Equal("http://127.0.0.1:11434", variables["OLLAMA_HOST"]);
        Assert.Equal(
            "API_KEY CACHE_ENABLED LISTEN_ADDRESS LOG_FILE OLLAMA_HOST PORT RATE_LIMIT_RPS",
            string.Join(' ', variables.Keys.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Gateway_InItsSecondConfiguration_DiffersByTheCacheAlone()
    {
        var first = GatewayVariables.For(Address, Upstream, "/logs/a.log", isCacheOn: true);
        var second = GatewayVariables.For(Address, Upstream, "/logs/a.log", isCacheOn: false);

        Assert.Equal("false", second["CACHE_ENABLED"]);
        Assert.Equal([new("CACHE_ENABLED", "false")], second.Except(first));
    }

    [Fact]
    public void Yarp_InItsTwoForms_DiffersByTheSocketSwitchAlone()
    {
        var asItComes = YarpVariables.For(isInline: false);
        var inline = YarpVariables.For(isInline: true);

        Assert.False(asItComes.ContainsKey(ChildProcess.InlineCompletions));
        Assert.Equal([new(ChildProcess.InlineCompletions, "1")], inline.Except(asItComes));
    }

    [Fact]
    public void Command_OfADirectoryOrItsSingleFile_StartsThat()
    {
        var directory = Directory.CreateTempSubdirectory("llamagate-bench-").FullName;
        try
        {
            var file = Path.Combine(directory, "llamagate");
            File.WriteAllText(file, string.Empty);

            Assert.Equal([file], GatewayBuild.Parse($"After={directory}").Command);
            Assert.Equal([file], GatewayBuild.Parse($"After={file}").Command);
            Assert.Throws<FileNotFoundException>(() => GatewayBuild.Parse($"After={directory}/none").Command);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
