using LlamaGate.Application.Caching;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Embeddings;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Caching;

public class CacheSharingTests
{
    private static readonly ConversationRequest Question =
        new("plain", new TextPrompt("hi"), new GenerationOptions());

    [Fact]
    public void KeyFor_Shared_IsTheTextOfEarlierVersions()
    {
        Assert.Equal(
            "v2:00", CacheSharing.KeyFor(CallerOf("ann", CacheScope.Shared), "v2:00"));
        Assert.Equal(
            "v2:6b8979fc10a2c32727ff404ade096a5f2f0941a30d85d7315db0ffe9cac669b8", ConversationKey.Of(new ConversationBatch(Question)));
        Assert.Equal(
            "embeddings:v3:680fecb2b0a2927d29fe134d81d7f867127d938c858ea3274fc26bb8fb01381d", EmbeddingKey.Of(new EmbeddingRequest("embed", ["hi"])));
    }

    [Fact]
    public void KeyFor_Own_IsTheKeyOfOneCaller()
    {
        Assert.Equal("own:3:ann:v2:00", CacheSharing.KeyFor(CallerOf("ann", CacheScope.Own), "v2:00"));
        // A caller's id cannot be chosen so that its keys are another's.
        Assert.NotEqual(
            CacheSharing.KeyFor(CallerOf("ann:v2:00", CacheScope.Own), "v2:00"),
            CacheSharing.KeyFor(CallerOf("ann", CacheScope.Own), "v2:00:v2:00"),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(CacheScope.Shared, true)]
    [InlineData(CacheScope.Own, true)]
    [InlineData(CacheScope.Off, false)]
    public void IsOnFor_EachScope_OnlyOffIsNot(CacheScope scope, bool expected) =>
        Assert.Equal(expected, CacheSharing.IsOnFor(CallerOf("ann", scope)));

    private static Caller CallerOf(string id, CacheScope scope) => new(id, new CallerPolicy(10) { Cache = scope });
}
