using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Domain.Callers;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Policies;

/// <summary>With whom a key shares answers, cached ones and those in flight.</summary>
public sealed class CacheScopeTests : IAsyncLifetime
{
    private const string Ann = "ann";
    private const string Bob = "bob";
    private const string OwnEve = "eve";
    private const string OwnJoe = "joe";
    private const string OffUma = "uma";
    private const string Chat = "/v1/chat/completions";
    private const string Embeddings = "/v1/embeddings";

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        [Chat] = ChatBody.Hi,
        [Embeddings] = """{"model":"embed","input":"hi"}""",
    };

    private GatewayOverOllama _bed = null!; // Set before any test runs.

    public async Task InitializeAsync() => _bed = await GatewayOverOllama.StartAsync(
        settings => settings with { CacheEnabled = true },
        NamedCallers.Are(
            NamedCallers.Sharing(Ann, CacheScope.Shared),
            NamedCallers.Sharing(Bob, CacheScope.Shared),
            NamedCallers.Sharing(OwnEve, CacheScope.Own),
            NamedCallers.Sharing(OwnJoe, CacheScope.Own),
            NamedCallers.Sharing(OffUma, CacheScope.Off)));

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Theory]
    [InlineData(Chat)]
    [InlineData(Embeddings)]
    public async Task Answers_OneAfterTheOther_AreSharedWithinAScope(string path)
    {
        var expected = new (string Key, string Cache)[]
        {
            (OwnEve, "miss"), (OffUma, "bypass"), (Ann, "miss"), (Bob, "hit"), (OwnEve, "hit"), (OwnJoe, "miss"), (OffUma, "bypass"),
            (OwnJoe, "hit"), (Ann, "hit"),
        };
        foreach (var (key, cache) in expected)
        {
            Assert.Equal((key, cache), (key, (await AskAsync(path, key)).Headers["X-LlamaGate-Cache"]));
        }

        Assert.Equal(expected.Count(one => one.Cache != "hit"), Calls());
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Embeddings)]
    public async Task Answers_AtOnce_AreSharedWithinAScope(string path)
    {
        var gate = new Gate();
        var isHeld = 0;
        _bed.Ollama.Respond(request => IsCall(request) && Interlocked.Exchange(ref isHeld, 1) == 0
            ? Scenario.Recorded(path == Chat ? "chat_stream" : "embed_string").PauseAt(0, gate)
            : null);
        var first = AskAsync(path, OwnEve);
        await gate.Reached;
        // These finish while the first answer is held, so none of them waits for it.
        Assert.Equal("miss", (await AskAsync(path, OwnJoe)).Headers["X-LlamaGate-Cache"]);
        Assert.Equal("miss", (await AskAsync(path, Ann)).Headers["X-LlamaGate-Cache"]);
        Assert.Equal("bypass", (await AskAsync(path, OffUma)).Headers["X-LlamaGate-Cache"]);
        var joined = AskAsync(path, OwnEve);
        await _bed.RunningAsync(2);
        gate.Release();
        Assert.Equal("miss", (await first).Headers["X-LlamaGate-Cache"]);
        Assert.Equal("hit", (await joined).Headers["X-LlamaGate-Cache"]);
        Assert.Equal(4, Calls());
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Embeddings)]
    public async Task Answers_OfAKeyWithoutCacheAtOnce_AreTwoCalls(string path)
    {
        var gate = new Gate();
        var isHeld = 0;
        _bed.Ollama.Respond(request => IsCall(request) && Interlocked.Exchange(ref isHeld, 1) == 0
            ? Scenario.Recorded(path == Chat ? "chat_stream" : "embed_string").PauseAt(0, gate)
            : null);
        var first = AskAsync(path, OffUma);
        await gate.Reached;
        Assert.Equal("bypass", (await AskAsync(path, OffUma)).Headers["X-LlamaGate-Cache"]);
        gate.Release();
        Assert.Equal("bypass", (await first).Headers["X-LlamaGate-Cache"]);
        Assert.Equal(2, Calls());
    }

    [Theory]
    [InlineData(Chat)]
    [InlineData(Embeddings)]
    public async Task CachedAnswer_OfAForbiddenModel_IsNotGiven(string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { CacheEnabled = true },
            NamedCallers.Are(NamedCallers.Allowed("unlimited", "*"), NamedCallers.Allowed("limited", "!plain", "!embed")));
        Assert.Equal("miss", (await bed.PostAsync(path, Bodies[path], NamedCallers.Key("unlimited"))).Headers["X-LlamaGate-Cache"]);
        Assert.Equal("hit", (await bed.PostAsync(path, Bodies[path], NamedCallers.Key("unlimited"))).Headers["X-LlamaGate-Cache"]);
        var answer = await bed.PostAsync(path, Bodies[path], NamedCallers.Key("limited"));
        Assert.Equal((403, "model_not_allowed"), (answer.Status, answer.ErrorCode));
    }

    private int Calls() => _bed.Ollama.Requests.Count(IsCall);

    private static bool IsCall(RecordedRequest request) => request.Path is "/api/chat" or "/api/embed";

    private Task<HttpAnswer> AskAsync(string path, string key) => _bed.PostAsync(path, Bodies[path], NamedCallers.Key(key));
}
