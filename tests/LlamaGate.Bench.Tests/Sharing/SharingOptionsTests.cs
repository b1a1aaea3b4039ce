using LlamaGate.Bench.Sharing;

namespace LlamaGate.Bench.Tests.Sharing;

public sealed class SharingOptionsTests
{
    [Fact]
    public void Parse_OfWhatTheScriptPasses_IsTaken()
    {
        var options = Parse(
            ["--shared", "--quick", "--json", "--only", "flood,busy", "--scale", "0.5", "--waiters", "300", "--gateway", "/tmp/gate"]);

        Assert.True(options is { Quick: true, Json: true, Scale: 0.5, Waiters: 300, Real: null });
        Assert.Equal(["flood", "busy"], options.Only, StringComparer.Ordinal);
        Assert.Equal("/tmp/gate", options.Gateway.Path);
    }

    [Theory]
    [InlineData("--only", "never")]
    [InlineData("--scale", "0")]
    [InlineData("--scale", "fast")]
    [InlineData("--gateway")]
    [InlineData("--verbose")]
    public void Parse_OfWhatItDoesNotKnow_IsAFormatException(params string[] args) =>
        Assert.Throws<FormatException>(() => Parse(args));

    [Fact]
    public void Parse_WithARealOllama_NamesItItsModelsAndSlots()
    {
        var real = Parse([], ("OLLAMA", "http://gpu:11434"), ("OLLAMA_MODELS", "a, b"), ("OLLAMA_NUM_PARALLEL", "4")).Real;

        Assert.NotNull(real);
        Assert.Equal((new Uri("http://gpu:11434"), 4), (real.Address, real.Slots));
        Assert.Equal(["a", "b"], real.Models, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("gpu:11434", "a,b", "1")]
    [InlineData("http://gpu", "a", "1")]
    [InlineData("http://gpu", null, "1")]
    [InlineData("http://gpu", "a,b", "0")]
    public void Parse_WithHalfARealOllama_IsAFormatException(string url, string? models, string slots) =>
        Assert.Throws<FormatException>(() => Parse([], ("OLLAMA", url), ("OLLAMA_MODELS", models), ("OLLAMA_NUM_PARALLEL", slots)));

    [Fact]
    public void Soft_OfTheKernelsLimits_IsTheFirstNumber()
    {
        string[] limits =
        [
            "Max cpu time              unlimited            unlimited            seconds",
            "Max open files            1024                 20000                files",
        ];

        Assert.Equal(1024, OpenFiles.Soft(limits));
    }

    private static SharingOptions Parse(IReadOnlyList<string> args, params (string Name, string? Value)[] variables) =>
        SharingOptions.Parse(args, name => Array.Find(variables, variable => variable.Name == name).Value);
}
