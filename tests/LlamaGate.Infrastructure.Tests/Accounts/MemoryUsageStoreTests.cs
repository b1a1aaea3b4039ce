using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure.Accounts;
using static LlamaGate.Infrastructure.Tests.Accounts.StoreTestBed;

namespace LlamaGate.Infrastructure.Tests.Accounts;

public sealed class MemoryUsageStoreTests
{
    [Fact]
    public async Task List_Records_SumsThem()
    {
        var store = new MemoryUsageStore();
        store.Add(Record());
        store.Add(Record(at: Noon.AddDays(1)));
        store.Add(Record("bob"));
        Assert.Equal("alice=2 bob=1", await CallsAsync(store, Query()));
        Assert.Equal("2026-11-30=2 2026-12-01=1", await CallsAsync(store, Query(UsageGroup.Day)));
        Assert.Equal("2026-11-30=1", await CallsAsync(store, Query(UsageGroup.Day) with { KeyId = "bob" }));
        Assert.Equal((false, 0, null), (store.State.IsPersistent, store.State.Pending, store.State.Fault));
        Assert.Equal(Noon.AddDays(1), (await store.ListLastUsesAsync(CancellationToken.None))["alice"]);
    }

    [Fact]
    public async Task Add_MoreDaysThanFit_ForgetsTheOldest()
    {
        var store = new MemoryUsageStore(capacity: 3);
        for (var i = 0; i < 5; i++)
        {
            store.Add(Record(at: Noon.AddDays(i)));
        }

        Assert.Equal("2026-12-02=1 2026-12-03=1 2026-12-04=1", await CallsAsync(store, Query(UsageGroup.Day)));
        Assert.Equal(0, store.State.Lost);
    }

    [Fact]
    public async Task Add_MoreUsersThanFitInADay_CountsThemTogether()
    {
        var store = new MemoryUsageStore(capacity: 3);
        store.Add(Record() with { User = null, Host = null });
        for (var i = 0; i < 5; i++)
        {
            store.Add(Record() with { User = $"u{i}" });
        }

        Assert.Equal("=4 u0=1 u1=1", await CallsAsync(store, Query(UsageGroup.User)));
        store.Add(Record("bob"));
        Assert.Equal(1, store.State.Lost);
        Assert.Equal("alice=6", await CallsAsync(store, Query()));
    }

    private static async Task<string> CallsAsync(MemoryUsageStore store, UsageQuery query) =>
        string.Join(' ', (await store.ListAsync(query, CancellationToken.None)).Select(row => $"{row.Group}={row.Calls}"));
}
