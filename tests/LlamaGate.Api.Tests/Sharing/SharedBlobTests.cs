namespace LlamaGate.Api.Tests.Sharing;

/// <summary>Two models that are the same file with other digests use one runner, which the host lists under the first name.</summary>
public sealed class SharedBlobTests
{
    [Fact]
    public async Task Calls_OfTwoNamesOfOneBlob_ShareItsSlotAndContext()
    {
        await using var bed = await StartAsync("\"max_loaded\":2");
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        Assert.Equal(200, (await bed.ChatAsync("tiny")).Status);
        Assert.Equal(200, (await bed.ChatAsync("tiny")).Status);
        Assert.Equal(8192, SharingBed.ContextOf(bed.Calls()[^1]));

        var held = await bed.HoldAsync();
        var waiting = bed.ChatAsync("tiny");
        await bed.WaitingAsync(1);
        await held.ReleaseAsync();
        Assert.Equal(200, (await waiting).Status);
        Assert.Equal(1, bed.Host.Runners.MaxInside("plain"));
        Assert.Single(bed.Host.Runners.Loads);
    }

    [Fact]
    public async Task OtherName_OfAPinnedModel_IsPinnedToo()
    {
        await using var bed = await StartAsync("\"max_loaded\":2,\"pin\":[\"plain\"]");
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        Assert.Equal(200, (await bed.ChatAsync("tiny")).Status);
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(200, (await bed.PostAsync("/v1/embeddings", """{"model":"embed","input":"a"}""")).Status);
        Assert.Equal(["plain:latest", "embed:latest"], bed.Host.Runners.Loaded, StringComparer.Ordinal);
        Assert.Equal(2, bed.Host.Runners.Loads.Count);
    }

    private static Task<SharingBed> StartAsync(string limits) => SharingBed.StartAsync(new SharingSetup
    {
        Installed = null,
        Hosts = [SharingSetup.Quick with { MaxLoadedModels = 2 }],
        Limits = limits,
    });
}
