using LlamaGate.Infrastructure.Caching;

namespace LlamaGate.Infrastructure.Tests.Caching;

public class ResponseCacheTests
{
    [Fact]
    public async Task Find_OfWhatWasStored_IsIt()
    {
        using var cache = new ResponseCache(new ResponseCacheOptions());
        Assert.Null(await cache.FindAsync<string>("k", default));
        await cache.StoreAsync("k", "x", 10, default);
        Assert.Equal("x", await cache.FindAsync<string>("k", default));
        Assert.Null(await cache.FindAsync<string>("other", default));
    }

    [Fact]
    public async Task Store_OfMoreThanThereIsRoomFor_StaysWithinTheBound()
    {
        using var cache = new ResponseCache(new ResponseCacheOptions { MaxBytes = 1000 });
        for (var i = 0; i < 100; i++)
        {
            await cache.StoreAsync($"k{i}", "x", 100, default);
        }

        var kept = 0;
        for (var i = 0; i < 100; i++)
        {
            kept += await cache.FindAsync<string>($"k{i}", default) is null ? 0 : 1;
        }

        Assert.InRange(kept, 1, 7);
    }

    [Fact]
    public async Task Store_InAFullCache_EvictsTheLeastRecentlyUsedOnly()
    {
        using var cache = new ResponseCache(new ResponseCacheOptions { MaxBytes = 400 });
        await cache.StoreAsync("old", "x", 100, default);
        await cache.StoreAsync("older", "x", 100, default);
        await cache.StoreAsync("new", "x", 100, default);
        await cache.FindAsync<string>("old", default);
        await cache.StoreAsync("newest", "x", 100, default);
        Assert.Null(await cache.FindAsync<string>("older", default));
        Assert.NotNull(await cache.FindAsync<string>("old", default));
        Assert.NotNull(await cache.FindAsync<string>("new", default));
        Assert.NotNull(await cache.FindAsync<string>("newest", default));
    }

    [Fact]
    public async Task Store_UnderAKeyThatIsKept_TakesThePlaceOfTheOther()
    {
        using var cache = new ResponseCache(new ResponseCacheOptions { MaxBytes = 400 });
        await cache.StoreAsync("other", "x", 100, default);
        for (var i = 0; i < 10; i++)
        {
            await cache.StoreAsync("k", $"{i}", 200, default);
        }

        Assert.Equal("9", await cache.FindAsync<string>("k", default));
        Assert.NotNull(await cache.FindAsync<string>("other", default));
        await cache.StoreAsync("k", "too large", 301, default);
        Assert.Null(await cache.FindAsync<string>("k", default));
    }

    [Theory]
    [InlineData(750, true)]
    [InlineData(751, false)]
    public async Task Store_OfAnAnswer_KeepsItWithinThreeQuartersOfTheBytes(long size, bool isKept)
    {
        using var cache = new ResponseCache(new ResponseCacheOptions { MaxBytes = 1000 });
        await cache.StoreAsync("k", "x", size, default);
        Assert.Equal(isKept, await cache.FindAsync<string>("k", default) is not null);
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(256, 16)]
    [InlineData(4096, 16)]
    public void GatheringBytes_AreAQuarterAndBounded(long mostMegabytes, double megabytes)
    {
        const long megabyte = 1024 * 1024;
        using var cache = new ResponseCache(new ResponseCacheOptions { MaxBytes = mostMegabytes * megabyte });
        Assert.Equal(megabytes * megabyte, cache.GatheringBytes);
    }
}
