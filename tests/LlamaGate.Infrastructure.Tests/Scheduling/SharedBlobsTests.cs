using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Scheduling;

namespace LlamaGate.Infrastructure.Tests.Scheduling;

public sealed class SharedBlobsTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("# FROM m\nTEMPLATE x", null)]
    [InlineData("# FROM m:latest\n\nFROM /usr/share/ollama/.ollama/models/blobs/sha256-a1\nTEMPLATE x", "sha256-a1")]
    [InlineData("# FROM m:latest\r\nFROM C:\\Users\\me\\.ollama\\models\\blobs\\sha256-a1\r\nFROM /projector", "sha256-a1")]
    [InlineData("FROM sha256-a1 ", "sha256-a1")]
    public void ReadBlob_OfAModelfile_IsTheNameOfItsFirstFile(string? modelfile, string? blob) =>
        Assert.Equal(blob, SharedBlobs.ReadBlob(modelfile));

    [Fact]
    public void Of_NothingLearned_IsTheSameObject()
    {
        var models = new Dictionary<string, HostedModel>(StringComparer.Ordinal) { ["d"] = new("m:latest", 1) };
        var blobs = new SharedBlobs();
        Assert.Same(models, blobs.Of(models));
        Assert.Equal("d", blobs.Of("d"));
    }
}
