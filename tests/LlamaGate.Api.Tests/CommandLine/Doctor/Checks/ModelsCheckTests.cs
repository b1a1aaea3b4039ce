using System.Text.Json;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.CommandLine.Doctor.Checks;
using LlamaGate.Api.Configuration;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.CommandLine.Doctor.Checks;

public sealed class ModelsCheckTests
{
    private static readonly EmulatedModel Large = new("large:70b", ["completion"]) { Size = 40_000_000_000 };
    private static readonly EmulatedModel Small = new("small:1b", ["completion", "tools"]) { Size = 800_000_000 };
    private static readonly EmulatedModel Embedding = new("embed:latest", ["embedding"]) { Size = 1_000_000 };

    [Fact]
    public async Task Models_Several_MeasuresWithTheSmallestThatCanChat()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Large, Embedding, Small);
        var context = bed.CreateContext();
        var finding = await DoctorTestBed.AskAsync(new ModelsCheck(), context);
        Assert.Equal((Severity.Ok, "Ollama has 3 models."), (finding.Severity, finding.Title));
        Assert.Equal(
            "embed:latest, large:70b, small:1b\nMeasurements use the smallest model that can chat: small:1b (800 MB)",
            finding.Detail);
        Assert.Equal("small:1b", context.Model?.Name);
    }

    [Fact]
    public async Task Models_AsRecorded_AreRead()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("tags"), "/api/tags");
        var context = bed.CreateContext();
        Assert.Equal(Severity.Ok, (await DoctorTestBed.AskAsync(new ModelsCheck(), context)).Severity);
        Assert.Equal("plain:latest", context.Model?.Name);
    }

    [Fact]
    public async Task Models_None_SaysHowToFetchOne()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        var finding = await DoctorTestBed.AskAsync(new ModelsCheck(), bed.CreateContext());
        Assert.Equal(
            (Severity.Error, "Ollama has no models.", "Pull one, for example: ollama pull llama3.2"),
            (finding.Severity, finding.Title, finding.Advice));
    }

    [Fact]
    public async Task Models_NoneThatChats_IsWarnedOf()
    {
        await using var bed = await DoctorTestBed.OpenAsync(Embedding);
        var context = bed.CreateContext();
        Assert.Equal(Severity.Warning, (await DoctorTestBed.AskAsync(new ModelsCheck(), context)).Severity);
        Assert.Null(context.Model);
    }

    /// <summary>It would be the smallest here, and cost money there.</summary>
    [Fact]
    public async Task Models_InTheCloud_AreNotMeasuredWith()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        bed.Ollama.Respond(request => request.Path == "/api/tags" ? Scenario.Lines(
            """{"models":[{"name":"big:cloud","size":384,"remote_model":"big","remote_host":"https://ollama.com:443","capabilities":["completion"]}]}""")
            : null);
        var context = bed.CreateContext();
        Assert.Equal(Severity.Warning, (await DoctorTestBed.AskAsync(new ModelsCheck(), context)).Severity);
        Assert.Null(context.Model);
    }

    [Theory]
    [InlineData("""{"capabilities":["embedding"]}""", "second")]
    [InlineData("""{"capabilities":["completion"]}""", "first")]
    [InlineData("{}", "first")]
    public async Task Models_OfAnOlderOllama_AreAskedAboutOneByOne(string show, string expected)
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        bed.Ollama.Enqueue(
            Scenario.Lines("""{"models":[{"name":"second","size":2},{"name":"first","size":1}]}"""), "/api/tags");
        bed.Ollama.Enqueue(Scenario.Lines(show), "/api/show");
        bed.Ollama.Enqueue(Scenario.Lines("""{"capabilities":["completion"]}"""), "/api/show");
        var context = bed.CreateContext();
        await DoctorTestBed.AskAsync(new ModelsCheck(), context);
        Assert.Equal(expected, context.Model?.Name);
    }

    [Theory]
    [InlineData("gpt=small:1b", Severity.Ok)]
    [InlineData("gpt=four,four=small:1b", Severity.Ok)]
    [InlineData("gpt=embed", Severity.Ok)]
    [InlineData("gpt=gone:7b,four=small:1b", Severity.Warning)]
    internal async Task Models_AliasesThatLeadNowhere_AreWarnedOf(string aliases, Severity expected)
    {
        await using var bed = await DoctorTestBed.OpenAsync(Small, Embedding);
        var finding = await DoctorTestBed.AskAsync(
            new ModelsCheck(), bed.CreateContext(settings => settings with { ModelAliases = VariableText.Aliases(aliases)! }));
        Assert.Equal(expected, finding.Severity);
        Assert.Equal(expected is Severity.Warning, finding.Title.EndsWith("does not have: gone:7b.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"small*":{"num_ctx":1}}""", Severity.Ok)]
    [InlineData("""{"gpt":{"num_ctx":1}}""", Severity.Ok)]
    [InlineData("""{"*":{"num_ctx":1},"gone:7b":{"num_ctx":1}}""", Severity.Warning)]
    internal async Task Models_OptionsForNoModel_AreWarnedOf(string options, Severity expected)
    {
        await using var bed = await DoctorTestBed.OpenAsync(Small, Embedding);
        var finding = await DoctorTestBed.AskAsync(new ModelsCheck(), bed.CreateContext(settings => settings with
        {
            ModelAliases = VariableText.Aliases("gpt=small:1b")!,
            ModelOptions = ModelOptionsText.Parse(options, out _)!,
        }));
        Assert.Equal(expected, finding.Severity);
        Assert.Equal(expected is Severity.Warning, finding.Title.EndsWith("no model matches: gone:7b.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ContextLength_OfALoadedModel_IsTheAllocatedOne()
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("ps_loaded"), "/api/ps");
        bed.Ollama.Enqueue(Scenario.Recorded("show_ok"), "/api/show");
        var finding = await AskContextAsync(bed, "tiny:latest");
        Assert.Equal(
            (Severity.Warning, "tiny:latest has a context of 2,048 tokens as currently loaded, about 1,500 words."),
            (finding.Severity, finding.Title));
        Assert.Equal(
            "Prompt and answer share them. Longer prompts get 400 context_length_exceeded "
            + "(CONTEXT_OVERFLOW=error). The model supports up to 8,192.\n"
            + "Coding agents need more: their first request alone has up to 19,000 tokens.",
            finding.Detail);
    }

    [Theory]
    [InlineData("show_tiny", Severity.Warning, "tiny:latest has a context of 2,048 tokens by num_ctx in its Modelfile, about 1,500 words.")]
    [InlineData("show_ok", Severity.Info, "Unknown: tiny:latest is not loaded and its Modelfile does not set num_ctx.")]
    internal async Task ContextLength_NotLoaded_IsTheModelfilesOrUnknown(string show, Severity expected, string title)
    {
        await using var bed = await DoctorTestBed.OpenAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("ps"), "/api/ps");
        bed.Ollama.Enqueue(Scenario.Recorded(show), "/api/show");
        var finding = await AskContextAsync(bed, "tiny:latest");
        Assert.Equal((expected, title), (finding.Severity, finding.Title));
    }

    [Theory]
    [InlineData(4096, 131_072, Severity.Info, "4,096 tokens as currently loaded, about 3,100 words.")]
    [InlineData(32_768, 131_072, Severity.Info, "32,768 tokens as currently loaded, about 25,000 words.")]
    [InlineData(2048, 2048, Severity.Info, "2,048 tokens as currently loaded, about 1,500 words.")]
    [InlineData(2048, 4096, Severity.Warning, "2,048 tokens as currently loaded, about 1,500 words.")]
    internal void ContextLength_Judged_WarnsOnlyWhereMoreIsPossible(long tokens, long most, Severity expected, string title)
    {
        var finding = ContextLengthCheck.Judge("m", tokens, ofModelfile: null, most, ContextOverflow.Truncate);
        Assert.Equal((expected, "m has a context of " + title), (finding.Severity, finding.Title));
        Assert.Contains("CONTEXT_OVERFLOW=truncate", finding.Detail, StringComparison.Ordinal);
        Assert.Equal(tokens < most, finding.Advice is not null);
    }

    [Theory]
    [InlineData(32_767, "Coding agents need more: their first request alone has up to 19,000 tokens.")]
    [InlineData(32_768, "Claude Code assumes a million tokens: set its CLAUDE_CODE_MAX_CONTEXT_TOKENS to 32768.")]
    public void ContextLength_Judged_SaysWhatCodingAgentsNeed(long tokens, string expected) => Assert.EndsWith(
        "\n" + expected, ContextLengthCheck.Judge("m", tokens, ofModelfile: null, tokens, ContextOverflow.Error).Detail, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null)]
    [InlineData("stop \"num_ctx\"", null)]
    [InlineData("temperature 1\nnum_ctx                        8192", 8192L)]
    public void NumCtxOf_Parameters_IsReadFromItsLine(string? parameters, long? expected) =>
        Assert.Equal(expected, ContextLengthCheck.NumCtxOf(parameters));

    [Fact]
    public void MostOf_Metadata_IsThatOfTheArchitecture() => Assert.Equal(
        131_072,
        ContextLengthCheck.MaxContextOf(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            """{"general.architecture":"qwen3","qwen3.context_length":131072,"tokenizer.x":null}""")));

    private static Task<Finding> AskContextAsync(DoctorTestBed bed, string model)
    {
        var context = bed.CreateContext();
        context.Model = new(model, 1, RemoteHost: null, Capabilities: null);
        return DoctorTestBed.AskAsync(new ContextLengthCheck(), context);
    }
}
