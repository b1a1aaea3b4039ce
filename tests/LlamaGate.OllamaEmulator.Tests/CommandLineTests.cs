using LlamaGate.OllamaEmulator.Hosting;

namespace LlamaGate.OllamaEmulator.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_OfNothing_IsOllamasOwnAddress() =>
        Assert.Equal(new EmulatorOptions { Host = "127.0.0.1", Port = 11434 }, CommandLine.Parse([]));

    [Fact]
    public void Parse_OfEverything_IsTaken() =>
        Assert.Equal(
            new EmulatorOptions { Host = "*", Port = 0, Demo = true },
            CommandLine.Parse(["--port", "0", "--demo", "--host", "*"]));

    [Fact]
    public void Parse_OfAnOptionOfTheScheduler_SchedulesCalls() =>
        Assert.Equal(
            new SchedulingOptions
            {
                Parallel = 4,
                MaxLoadedModels = 2,
                LoadTime = TimeSpan.FromMilliseconds(500),
                TokenTime = TimeSpan.FromSeconds(1),
                PromptTokensPerSecond = 2000,
                MaxQueue = 7,
            },
            CommandLine.Parse(
            [
                "--parallel", "4", "--max-loaded", "2", "--load-time", "500ms", "--token-time", "1s",
                "--prompt-rate", "2000", "--max-queue", "7",
            ]).Scheduling);

    [Fact]
    public void Parse_OfModels_ListsTheseThatComplete()
    {
        var models = CommandLine.Parse(["--models", "alpha, beta:7b"]).Models;

        Assert.Equal(["alpha:latest", "beta:7b"], models?.Select(model => model.Name), StringComparer.Ordinal);
        Assert.All(models ?? [], model => Assert.Equal(["completion"], model.Capabilities, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--parallel", "0")]
    [InlineData("--load-time", "soon")]
    [InlineData("--models", " , ")]
    [InlineData("--prompt-rate", "fast")]
    [InlineData("--port")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "-1")]
    [InlineData("--host", "example")]
    [InlineData("--verbose")]
    public void Parse_OfWhatItDoesNotKnow_IsAFormatException(params string[] args) =>
        Assert.Throws<FormatException>(() => CommandLine.Parse(args));
}
