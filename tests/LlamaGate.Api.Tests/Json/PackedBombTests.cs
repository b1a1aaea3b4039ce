using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Json;

/// <summary>The process counts what it allocates, so nothing else may run meanwhile.</summary>
[Collection(nameof(RunsAlone))]
public class PackedBombTests
{
    /// <summary>A quarter of a gigabyte of blanks in little more than a megabyte and less.</summary>
    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Bomb_EndsAtTheLimit(string packing)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { MaxBodyMb = 2 });
        var before = GC.GetTotalAllocatedBytes();
        var bomb = PackedBodies.Pack(packing, stream =>
        {
            var blanks = new byte[1024 * 1024];
            blanks.AsSpan().Fill((byte)' ');
            for (var megabyte = 0; megabyte < 256; megabyte++)
            {
                stream.Write(blanks);
            }
        });
        Assert.Equal(413, (await PackedBodies.PostAsync(bed, "/v1/chat/completions", bomb, packing)).Status);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 64 * 1024 * 1024);
    }
}
