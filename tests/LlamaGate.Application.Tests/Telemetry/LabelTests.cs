using System.Globalization;
using LlamaGate.Application.Telemetry;

namespace LlamaGate.Application.Tests.Telemetry;

public sealed class LabelTests
{
    private readonly TelemetryLabels _labels = new();

    [Fact]
    public void Key_BeyondTheLimit_IsOther()
    {
        var taken = Enumerable.Range(0, 200).Select(i => _labels.Key($"k{i}")).ToList();
        Assert.Equal("k199", taken[199]);
        Assert.Equal(TelemetryNames.Other, _labels.Key("k200"));
        Assert.Equal("k0", _labels.Key("k0"));
    }

    [Fact]
    public void AskedModel_ThatNothingAnsweredTo_IsOther()
    {
        Assert.Equal(TelemetryNames.Other, _labels.AskedModel("llama3.2"));
        Assert.Equal(TelemetryNames.Other, _labels.AskedModel(null));
    }

    [Theory]
    [InlineData("llama3.2")]
    [InlineData("Llama3.2:latest")]
    [InlineData("library/llama3.2")]
    public void AskedModel_KnownInAnotherSpelling_IsOneLabel(string spelling)
    {
        _labels.KnownModel("llama3.2:latest");
        Assert.Equal("llama3.2", _labels.AskedModel(spelling));
    }

    [Fact]
    public void KnownModel_ByManyThreads_KeepsTheLimit()
    {
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        Parallel.For(0, 1000, i => seen[_labels.KnownModel("m" + i.ToString(CultureInfo.InvariantCulture))] = true);
        Assert.Equal(201, seen.Count);
        Assert.Contains(TelemetryNames.Other, seen.Keys, StringComparer.Ordinal);
    }
}
