using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Reports;
using LlamaGate.Api.Product;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly StringWriter _output = new();

    [Fact]
    public async Task Text_Findings_AreToldWithWhatToDo()
    {
        await TellAsync(new TextReport(_output));
        Assert.Equal(
            """
            [ok]      configuration: Valid.
            [error]   ollama: "Away" → gone.
                      First line.
                      Second line.
                      -> Start it.
            [-]       models, first-token: Skipped: Ollama does not answer.
            [-]       streaming: Skipped: --skip-generation was given.
            1 error, 0 warnings

            """.ReplaceLineEndings(),
            _output.ToString());
    }

    [Fact]
    public async Task Json_Findings_AreOneObject()
    {
        await TellAsync(new JsonReport(_output, new Uri("https://llm.example.com/v")));
        Assert.Equal(
            $$"""
            {
              "version": "{{ProductVersion.Text}}",
              "url": "https://llm.example.com/v",
              "worst": "error",
              "findings": [
                {
                  "check": "configuration",
                  "severity": "ok",
                  "title": "Valid."
                },
                {
                  "check": "ollama",
                  "severity": "error",
                  "title": "\"Away\" → gone.",
                  "detail": "First line.\nSecond line.",
                  "advice": "Start it."
                },
                {
                  "check": "models",
                  "severity": "skipped",
                  "title": "Skipped: Ollama does not answer."
                },
                {
                  "check": "streaming",
                  "severity": "skipped",
                  "title": "Skipped: --skip-generation was given."
                },
                {
                  "check": "first-token",
                  "severity": "skipped",
                  "title": "Skipped: Ollama does not answer."
                }
              ]
            }

            """.ReplaceLineEndings("\n"),
            _output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Json_BeforeTheEnd_SaysNothing()
    {
        await new JsonReport(_output, new Uri("http://h")).AddAsync("x", new(Severity.Ok, "y"), CancellationToken.None);
        Assert.Equal("", _output.ToString());
    }

    [Theory]
    [InlineData(100, "100 ms")]
    [InlineData(999, "999 ms")]
    [InlineData(1449, "1.4 s")]
    public void Figures_Times_HaveNoMoreDigitsThanTheyMean(int milliseconds, string expected) =>
        Assert.Equal(expected, Figures.Of(TimeSpan.FromMilliseconds(milliseconds)));

    public void Dispose() => _output.Dispose();

    private static async Task TellAsync(IReport report)
    {
        await report.AddAsync("configuration", new(Severity.Ok, "Valid."), CancellationToken.None);
        await report.AddAsync(
            "ollama", new(Severity.Error, "\"Away\" → gone.", "First line.\nSecond line.", "Start it."), CancellationToken.None);
        await report.AddAsync("models", Finding.Skipped("Ollama does not answer"), CancellationToken.None);
        await report.AddAsync("streaming", Finding.Skipped("--skip-generation was given"), CancellationToken.None);
        await report.AddAsync("first-token", Finding.Skipped("Ollama does not answer"), CancellationToken.None);
        await report.EndAsync(Severity.Error, CancellationToken.None);
    }
}
