using LlamaGate.Api.Configuration;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Domain.Callers;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Authentication;

/// <summary>KEYS_FILE as callers and operators see it.</summary>
public sealed class KeysFileTests : IDisposable
{
    private const string Alice = "lg-alice-0123456789";
    private const string Bob = "lg-bob-0123456789";
    private const string Broken = "{\"keys\":[\n{\"id\":\"alice\",\"hash\":\"lg-plain-secret\"}]}";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TemporaryKeys _keys = new(TemporaryKeys.Key("alice", Alice), TemporaryKeys.Key("bob", Bob));

    [Theory]
    [InlineData(Alice, 200)]
    [InlineData(Bob, 200)]
    [InlineData("lg-nobody", 401)]
    [InlineData("", 401)]
    public async Task Call_WithAKey_PassesIfItIsOneOfTheFile(string key, int status)
    {
        await using var bed = await StartAsync();
        Assert.Equal(status, (await bed.ChatAsync(ChatBody.Hi, Bearer(key))).Status);
    }

    [Fact]
    public async Task Call_WithoutKeysInTheFile_NeedsAKeyStill()
    {
        _keys.Write();
        await using var bed = await StartAsync();
        var answer = await bed.ChatAsync(ChatBody.Hi);
        Assert.Equal((401, "invalid_api_key"), (answer.Status, answer.ErrorCode));
        Assert.Equal(200, (await bed.GetAsync("/readyz")).Status);
    }

    [Fact]
    public async Task Call_WithSeveralKeys_IsThatOfTheFirstRightOne()
    {
        await using var bed = await StartAsync();
        var answer = await bed.ChatAsync(ChatBody.Hi, Bearer("wrong"), ("X-API-Key", Bob), ("api-key", Alice));
        Assert.Equal(200, answer.Status);
        Assert.Contains("\"key\":\"bob\"", await ChatLineAsync(bed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithApiKeyBeside_IsTheKeyDefault()
    {
        await using var bed = await StartAsync(settings => settings with { ApiKey = "sesame" });
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Bearer("sesame"))).Status);
        Assert.Contains("\"key\":\"default\"", await ChatLineAsync(bed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"disabled\":true", "The API key is disabled.")]
    [InlineData("\"expires\":\"2023-12-20\"", "The API key has expired.")]
    public async Task Call_WithAKeyThatIsOver_IsToldSo(string member, string message)
    {
        _keys.Write(TemporaryKeys.Key("alice", Alice, member));
        await using var bed = await StartAsync();
        var answer = await bed.ChatAsync(ChatBody.Hi, Bearer(Alice));
        Assert.Equal((401, "invalid_api_key"), (answer.Status, answer.ErrorCode));
        Assert.Equal(message, answer.Error.GetProperty("message").GetString());
        Assert.Equal("The API key is wrong.", (await bed.ChatAsync(ChatBody.Hi, Bearer("x"))).Error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Rotation_WithTwoHashes_TakesBothUntilOneGoes()
    {
        _keys.Write($$"""{"id":"alice","hash":["{{KeyDigest.Of("new").ToText()}}","{{KeyDigest.Of(Alice).ToText()}}"]}""");
        await using var bed = await StartAsync();
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Bearer("new"))).Status);
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Bearer(Alice))).Status);
        _keys.Write(TemporaryKeys.Key("alice", "new"));
        bed.Gateway.Clock.Advance(Period);
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Bearer("new"))).Status);
        Assert.Equal(401, (await bed.ChatAsync(ChatBody.Hi, Bearer(Alice))).Status);
    }

    [Fact]
    public async Task Revoked_DuringAStream_LetsItFinishAndRefusesTheNext()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, gate));
        bed.Client.DefaultRequestHeaders.Authorization = new("Bearer", Alice);
        using var stream = await bed.OpenAsync(ChatBody.HiStreamed);
        await stream.UntilAsync("\"content\":\"a\"");
        _keys.Write(TemporaryKeys.Key("bob", Bob));
        bed.Gateway.Clock.Advance(Period);
        Assert.Equal(401, (await bed.ChatAsync(ChatBody.Hi)).Status);
        gate.Release();
        var rest = await stream.RestAsync();
        Assert.Contains("\"content\":\"b\"", string.Concat(rest), StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", rest[^1]);
    }

    [Fact]
    public async Task Changed_AndHangup_AreInForceWithoutWaiting()
    {
        var loaded = new LoadedConfiguration { Settings = new GatewaySettings() };
        await using var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { KeysFile = _keys.Path },
            builder => builder.Services.AddSingleton<Func<LoadedConfiguration>>(() => loaded).AddSingleton<SettingsReload>());
        loaded = loaded with { Settings = bed.Gateway.Settings.Settings };
        _keys.Write(TemporaryKeys.Key("carol", "lg-carol"));
        Assert.Equal(401, (await bed.ChatAsync(ChatBody.Hi, Bearer("lg-carol"))).Status);
        bed.Gateway.Services.GetRequiredService<SettingsReload>().Run();
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Bearer("lg-carol"))).Status);
        Assert.Equal(401, (await bed.ChatAsync(ChatBody.Hi, Bearer(Alice))).Status);
    }

    [Fact]
    public async Task Broken_WhileRunning_KeepsTheOldAndShowsInReadyz()
    {
        await using var bed = await StartAsync();
        const string Loaded = "\"loaded_at\":\"2023-12-21T01:50:56+00:00\"";
        Assert.Equal("{\"status\":\"ready\",\"keys\":{\"count\":2," + Loaded + "}}", (await bed.GetAsync("/readyz?verbose")).Body);
        _keys.WriteText(Broken);
        bed.Gateway.Clock.Advance(Period);
        bed.Gateway.Clock.Advance(Period);
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Bearer(Alice))).Status);
        Assert.Equal("""{"status":"ready"}""", (await bed.GetAsync("/readyz")).Body);
        var verbose = await bed.GetAsync("/readyz?verbose");
        Assert.Equal(200, verbose.Status);
        Assert.StartsWith(
            $$"""{"status":"ready","keys":{"count":2,{{Loaded}},"fault":"line 2: keys[0].hash must be """, verbose.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", verbose.Body, StringComparison.Ordinal);
        var lines = await bed.Gateway.StopAndReadLogAsync();
        var line = Assert.Single(lines, line => line.Contains("the old keys stay in force", StringComparison.Ordinal));
        Assert.Contains("\"level\":\"error\"", line, StringComparison.Ordinal);
        Assert.Contains($"line 2 of {_keys.Path}: keys[0].hash of key", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readyz_VerboseWithoutKeysFile_SaysNothingOfKeys()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal("""{"status":"ready"}""", (await bed.GetAsync("/readyz?verbose")).Body);
    }

    [Fact]
    public async Task Broken_AtTheStart_PreventsIt()
    {
        _keys.WriteText(Broken);
        var exception = await Assert.ThrowsAsync<ConfigurationException>(StartAsync);
        Assert.StartsWith($"KEYS_FILE: line 2 of {_keys.Path}: keys[0].hash of key \"alice\" must be", Assert.Single(exception.Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("lg-plain-secret", exception.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Nothing that the gateway says contains a key or a hash, whatever happens to them.</summary>
    [Fact]
    public async Task Secrets_InLogAndAnswers_AreNowhere()
    {
        await using var bed = await StartAsync(settings => settings with { Debug = true });
        var answers = new List<HttpAnswer>
        {
            await bed.ChatAsync(ChatBody.Hi, Bearer(Alice)),
            await bed.ChatAsync(ChatBody.HiStreamed, ("X-API-Key", Bob)),
            await bed.ChatAsync(ChatBody.Hi, Bearer("lg-wrong-secret")),
        };
        _keys.WriteText(Broken);
        bed.Gateway.Clock.Advance(Period);
        answers.Add(await bed.GetAsync("/readyz?verbose"));
        _keys.Write(TemporaryKeys.Key("bob", Bob, "\"disabled\":true"));
        bed.Gateway.Clock.Advance(Period);
        answers.Add(await bed.ChatAsync(ChatBody.Hi, Bearer(Bob)));
        answers.Add(await bed.ChatAsync(ChatBody.Hi, Bearer(Alice)));
        Assert.Equal([200, 200, 401, 200, 401, 401], answers.Select(answer => answer.Status));
        var said = string.Join('\n', await bed.Gateway.StopAndReadLogAsync())
            + string.Join('\n', answers.Select(answer => answer.Body + string.Join('\n', answer.Headers.Values)));
        Assert.Contains("\"key\":\"alice\"", said, StringComparison.Ordinal);
        string[] secrets =
        [
            Alice, Bob, "lg-wrong-secret", "lg-plain-secret", KeyDigest.Of(Alice).ToText()[7..], KeyDigest.Of(Bob).ToText()[7..],
            KeyDigest.Of("lg-wrong-secret").ToText()[7..],
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, said, StringComparison.OrdinalIgnoreCase));
    }

    public void Dispose() => _keys.Dispose();

    private static (string, string) Bearer(string key) => ("Authorization", "Bearer " + key);

    private static async Task<string> ChatLineAsync(GatewayOverOllama bed) => Assert.Single(
        await bed.Gateway.StopAndReadLogAsync(), line => line.Contains("\"path\":\"/v1/chat/completions\"", StringComparison.Ordinal));

    private Task<GatewayOverOllama> StartAsync() => StartAsync(settings => settings);

    private Task<GatewayOverOllama> StartAsync(Func<GatewaySettings, GatewaySettings> adjust) =>
        GatewayOverOllama.StartAsync(settings => adjust(settings with { KeysFile = _keys.Path }));
}
