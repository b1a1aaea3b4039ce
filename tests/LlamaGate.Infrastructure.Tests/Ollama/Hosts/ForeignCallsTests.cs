using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public sealed class ForeignCallsTests
{
    private static readonly OllamaRunningModel Model = new("m:latest", 4096, "d", "2026-11-29T10:00:00.5Z", Size: null);
    private static readonly OllamaRunningModel Later = Model with { ExpiresAt = "2026-11-29T11:00:05.5+01:00" };

    [Fact]
    public void Find_WithoutAChange_FindsNothing() => Assert.Null(Find([Model], [Model]));

    [Fact]
    public void Find_OfAModelThatWasUnloaded_FindsNothing() => Assert.Null(Find([Model], []));

    [Fact]
    public void Find_OfALoadOfAnother_FindsIt() => Assert.Equal("m:latest", Find([], [Model]));

    [Fact]
    public void Find_OfAnEndThatMovedOn_FindsIt() => Assert.Equal("m:latest", Find([Model], [Later]));

    [Fact]
    public void Find_OfAnEndThatMovedALittle_FindsNothing() =>
        Assert.Null(Find([Model], [Model with { ExpiresAt = "2026-11-29T10:00:01.4Z" }]));

    [Fact]
    public void Find_OfAnotherContext_FindsIt() => Assert.Equal("m:latest", Find([Model], [Model with { ContextLength = 8192 }]));

    [Fact]
    public void Find_OfTheGatewaysOwnUse_FindsNothing() => Assert.Null(Find([Model], [Later], "m"));

    /// <summary>A blob with several names is listed under the first.</summary>
    [Fact]
    public void Find_OfTheGatewaysOwnUseUnderAnotherName_FindsNothing() => Assert.Null(Find([Model], [Later], "copy"));

    [Fact]
    public void Find_OfAnotherModelThanTheGatewayUsed_FindsIt() => Assert.Equal("m:latest", Find([Model], [Later], "other"));

    private static string? Find(OllamaRunningModel[] before, OllamaRunningModel[] now, params string[] used) => ForeignCalls.Find(
        new HostRunners(new(before), requestedAt: 0, DateTimeOffset.UnixEpoch),
        new HostRunners(new(now), requestedAt: 0, DateTimeOffset.UnixEpoch),
        used.ToHashSet(StringComparer.Ordinal),
        new HostModels(new([Tag("m:latest", "d"), Tag("copy:latest", "d"), Tag("other:latest", "o")]), readAt: 0));

    private static OllamaTag Tag(string name, string digest) => new(name, default, digest, 0, null, null, null);
}
