using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>A person leaves the team while the gateway answers them.</summary>
public sealed class RevokedKeyTests : IDisposable
{
    private const string Alice = "lg-alice-0123456789";
    private const string Bob = "lg-bob-0123456789";

    /// <summary>A changed file is in force within this time.</summary>
    private static readonly TimeSpan InForce = TimeSpan.FromSeconds(2);

    private readonly TemporaryKeys _keys = new(TemporaryKeys.Key("alice", Alice), TemporaryKeys.Key("bob", Bob));

    [Theory]
    [InlineData("/v1/chat/completions", "data: [DONE]")]
    [InlineData("/api/chat", "\"done\":true")]
    public async Task Revoke_AmidAStream_LetsItFinishAndRefusesTheNextRequest(string path, string end)
    {
        await using var bed = await GatewayOverHosts.StartAsync(
            [new EmulatorOptions(), new EmulatorOptions()],
            settings => settings with { KeysFile = _keys.Path, NativeApi = NativeApi.On });
        var gate = new Gate();
        bed.Ollamas[0].Enqueue(Scenario.Says("first", " second").PauseAt(1, gate));
        var running = PostAsync(bed, path, Alice);
        await gate.Reached.WaitAsync(GatewayOverOllama.LongestWait);

        var (exit, _, error) = await CommandRun.RunAsync("keys", "revoke", "alice", "--file", _keys.Path);
        Assert.True(exit == 0, error);
        bed.Gateway.Clock.Advance(InForce);

        Assert.Equal(401, (await PostAsync(bed, path, Alice)).Status);
        Assert.Equal(200, (await PostAsync(bed, path, Bob)).Status);
        gate.Release();
        var answer = await running;
        Assert.Equal(200, answer.Status);
        Assert.Contains("second", answer.Body, StringComparison.Ordinal);
        Assert.Contains(end, answer.Body, StringComparison.Ordinal);
    }

    public void Dispose() => _keys.Dispose();

    private static Task<HttpAnswer> PostAsync(GatewayOverHosts bed, string path, string key) =>
        bed.PostAsync(path, ChatBody.HiStreamed, ("Authorization", $"Bearer {key}"));
}
