using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public sealed class HostLoadTests
{
    private readonly HostLoad _load = new();

    [Fact]
    public void Calls_ThatRun_CountForTheirModelAndTogether()
    {
        _load.Begin("m");
        _load.Begin("m");
        _load.Begin("n");
        Assert.Equal((2, 1, 3), (_load.Of("m"), _load.Of("n"), _load.Total));
        _load.End("m");
        _load.End("m");
        Assert.Equal((0, 1, 1), (_load.Of("m"), _load.Of("n"), _load.Total));
    }

    [Fact]
    public void TakeUsed_AfterACall_HasItTwice()
    {
        _load.Begin("m");
        _load.End("m");
        Assert.Equal("m", Assert.Single(_load.TakeUsed()!));
        Assert.Equal("m", Assert.Single(_load.TakeUsed()!));
        Assert.Empty(_load.TakeUsed()!);
    }

    [Fact]
    public void TakeUsed_AfterACallOfAModelListedUnderAnotherName_HasBoth()
    {
        _load.NoteListedAs("m", "n");
        Assert.Empty(_load.TakeUsed()!);
        _load.Begin("m");
        _load.End("m");
        Assert.Equal(["m", "n"], _load.TakeUsed()!.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void TakeUsed_WhileACallRuns_HasIt()
    {
        _load.Begin("m");
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("m", Assert.Single(_load.TakeUsed()!));
        }
    }

    [Fact]
    public void TakeUsed_OfTooManyModels_IsNull()
    {
        for (var i = 0; i < 1001; i++)
        {
            _load.Begin($"m{i}");
            _load.End($"m{i}");
        }

        Assert.Null(_load.TakeUsed());
        _load.TakeUsed();
        Assert.Empty(_load.TakeUsed()!);
    }
}
