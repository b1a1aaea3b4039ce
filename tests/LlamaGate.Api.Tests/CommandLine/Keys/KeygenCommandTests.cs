using System.Collections;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.CommandLine.Keys;

public sealed class KeygenCommandTests
{
    [Fact]
    public async Task Keygen_Always_PrintsOneKeyAndNothingElse()
    {
        var (exit, output, error) = await CommandRun.RunAsync("keygen");
        Assert.Equal((0, ""), (exit, error));
        Assert.Matches(@"\A[0-9a-f]{64}\r?\n\z", output);
        Assert.True(VariableText.IsKey(output.TrimEnd()));
    }

    [Fact]
    public async Task Keygen_Again_IsAnotherKey() =>
        Assert.NotEqual(
            (await CommandRun.RunAsync("keygen")).Output, (await CommandRun.RunAsync("keygen")).Output, StringComparer.Ordinal);

    [Fact]
    public async Task Keygen_ForEnv_IsALineThatTheGatewayReads()
    {
        var directory = Directory.CreateTempSubdirectory("llamagate-");
        try
        {
            var (_, output, _) = await CommandRun.RunAsync("keygen", "--env");
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, ".env"), output);
            var settings = SettingsReader.Read(directory.FullName, new Hashtable());
            Assert.Equal($"API_KEY={settings.ApiKey}", output.TrimEnd());
            Assert.Equal(64, settings.ApiKey.Length);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
