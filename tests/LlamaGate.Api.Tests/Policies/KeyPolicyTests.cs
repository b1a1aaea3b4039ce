using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Native;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Policies;

/// <summary>The policies of keys as they stand in KEYS_FILE.</summary>
public sealed class KeyPolicyTests : IAsyncLifetime, IDisposable
{
    private const string Ann = "lg-ann-0123456789";
    private const string Own = "lg-own-0123456789";
    private const string Off = "lg-off-0123456789";

    private readonly TemporaryKeys _keys = new(
        TemporaryKeys.Key("ann", Ann, "\"models\":[\"*\",\"!tiny\"]"),
        TemporaryKeys.Key("own", Own, "\"cache\":\"own\""),
        TemporaryKeys.Key("off", Off, "\"cache\":\"off\""));

    private GatewayOverOllama _bed = null!; // Set before any test runs.

    public async Task InitializeAsync() => _bed = await GatewayOverOllama.StartAsync(
        settings => settings with { KeysFile = _keys.Path, CacheEnabled = true, RateLimitRps = 1000 });

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task Models_OfAKey_AreThoseOfItsPatterns()
    {
        var body = ChatBody.ForModel("tiny", stream: false);
        Assert.Equal(200, (await _bed.ChatAsync(body, NamedCallers.Key(Own))).Status);
        Assert.Equal("model_not_allowed", (await _bed.ChatAsync(body, NamedCallers.Key(Ann))).ErrorCode);
        Assert.Equal(403, (await _bed.CallAsync("POST", NativeCalls.Chat, body, NamedCallers.Key(Ann))).Status);
        Assert.Contains("tiny", await ListAsync(Own), StringComparison.Ordinal);
        Assert.DoesNotContain("tiny", await ListAsync(Ann), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_OfAChangedFile_AreThoseOfTheNextRequest()
    {
        Assert.DoesNotContain("tiny", await ListAsync(Ann), StringComparison.Ordinal);
        _keys.Write(TemporaryKeys.Key("ann", Ann, "\"models\":[\"tiny\"]"));
        _bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("tiny", await ListAsync(Ann), StringComparison.Ordinal);
        Assert.Equal("model_not_allowed", (await _bed.ChatAsync(ChatBody.Hi, NamedCallers.Key(Ann))).ErrorCode);
    }

    [Fact]
    public async Task Cache_OfAKey_IsSharedAsItSays()
    {
        foreach (var (key, cache) in new[] { (Ann, "miss"), (Own, "miss"), (Off, "bypass"), (Own, "hit"), (Ann, "hit"), (Off, "bypass") })
        {
            Assert.Equal((key, cache), (key, (await _bed.ChatAsync(ChatBody.Hi, NamedCallers.Key(key))).Headers["X-LlamaGate-Cache"]));
        }
    }

    /// <summary>Everybody may read the page, also who may use no model.</summary>
    [Fact]
    public async Task Document_OfAGatewayWithKeys_NamesNoModelOfOllamas()
    {
        _bed.Ollama.Respond(_ => new Scenario
        {
            Answer = new RawAnswer(200, "application/json") { Body = """{"models":[{"name":"unlisted-model:latest"}]}"""u8.ToArray() },
        });
        var document = await _bed.GetAsync("/swagger/v1/swagger.json");
        Assert.Equal(200, document.Status);
        Assert.Contains($"\"model\": \"{ExampleModels.FallbackChat}\"", document.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("unlisted-model", document.Body, StringComparison.Ordinal);
    }

    private async Task<string> ListAsync(string key) =>
        (await _bed.CallAsync("GET", "/v1/models", body: (string?)null, NamedCallers.Key(key))).Body;
}
