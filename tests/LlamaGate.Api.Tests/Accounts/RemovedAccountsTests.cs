using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Policies;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>The accounts' file is deleted while the gateway runs.</summary>
public sealed class RemovedAccountsTests : IDisposable
{
    private const string Ann = "lg-ann-0123456789";
    private const string Free = "lg-free-0123456789";

    /// <summary>12 tokens.</summary>
    private const string LastLine =
        """{"model":"plain","response":"hello","done":true,"done_reason":"stop","prompt_eval_count":7,"prompt_eval_duration":1,"eval_count":5,"eval_duration":1}""";

    private static readonly string[] Keys = [TemporaryKeys.Key("ann", Ann, "\"tokens_per_day\":12"), TemporaryKeys.Key("free", Free, "")];

    private readonly TemporaryAccounts _accounts = new();
    private readonly TemporaryKeys _keys = new(Keys);

    /// <summary>What a key has used today is in memory, too, and neither the new file nor a changed KEYS_FILE makes the gateway forget it.</summary>
    [Fact]
    public async Task UsedUpQuota_StaysUsedUp()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { KeysFile = _keys.Path, DataDir = _accounts.Directory });
        bed.Ollama.Enqueue(Scenario.Lines(LastLine), "/api/generate");
        Assert.Equal(200, await CallAsync(bed, Ann));
        Assert.Equal(429, await CallAsync(bed, Ann));
        await WrittenAsync(bed);
        File.Delete(_accounts.File);

        Assert.Equal(429, await CallAsync(bed, Ann));
        Assert.Equal(200, await CallAsync(bed, Free));
        await WrittenAsync(bed);
        Assert.True(File.Exists(_accounts.File));
        _keys.Write([.. Keys, TemporaryKeys.Key("new", "lg-new-0123456789", "")]);
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(429, await CallAsync(bed, Ann));
    }

    public void Dispose()
    {
        _accounts.Dispose();
        _keys.Dispose();
    }

    private static async Task<int> CallAsync(GatewayOverOllama bed, string secret) =>
        (await bed.PostAsync("/api/generate", """{"model":"plain","prompt":"hi"}""", NamedCallers.Key(secret))).Status;

    private static async Task WrittenAsync(GatewayOverOllama bed)
    {
        await bed.RunningAsync(0);
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while ((await bed.GetAsync("/readyz?verbose")).Json.GetProperty("accounts").GetProperty("pending").GetInt32() > 0)
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
