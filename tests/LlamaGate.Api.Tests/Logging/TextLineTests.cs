using LlamaGate.Api.Configuration;
using LlamaGate.Api.Logging;
using LlamaGate.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;
using Serilog.Parsing;

namespace LlamaGate.Api.Tests.Logging;

/// <summary>The log as a person reads it.</summary>
public sealed class TextLineTests
{
    [Theory]
    [InlineData(LogFormat.Text, false, true)]
    [InlineData(LogFormat.Auto, true, true)]
    [InlineData(LogFormat.Auto, false, false)]
    [InlineData(LogFormat.Json, true, false)]
    internal async Task Lines_ByFormatAndTerminal_AreTextOrJson(LogFormat format, bool isTerminal, bool isText)
    {
        using var lines = new StringWriter();
        var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { LogFormat = format },
            builder => builder.Services.AddSingleton(new LogOutput(lines) { IsTerminal = isTerminal }));
        await using (bed)
        {
            await bed.ChatAsync(ChatBody.Hi, ("X-Request-ID", "r1"));
            await bed.GetAsync("/v1/%1b%C2%9Bnone");
        }

        var log = lines.ToString();
        Assert.Equal(!isText, log.StartsWith("{\"level\":\"info\"", StringComparison.Ordinal));
        if (isText)
        {
            Assert.Matches(@"(?m)^\d\d:\d\d:\d\d info  LlamaGate listens on http://127\.0\.0\.1:\d+ in front of Ollama at \S+$", log);
            Assert.Matches(@"(?m)^\d\d:\d\d:\d\d info  POST /v1/chat/completions 200 \d+\.\d{3}s request_id=r1 ip=127\.0\.0\.1 model=plain ", log);
            Assert.Matches(@"(?m) GET /v1/\?\?none 404 ", log);
            Assert.DoesNotContain("{", log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FailureOfOllama_AsText_IsOneLine()
    {
        using var lines = new StringWriter();
        var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { LogFormat = LogFormat.Text },
            builder => builder.Services.AddSingleton(new LogOutput(lines)));
        await using (bed)
        {
            await bed.Ollama.DisposeAsync();
            Assert.Equal(502, (await bed.ChatAsync(ChatBody.Hi)).Status);
        }

        var log = lines.ToString();
        Assert.Contains("warn  Ollama failed: upstream_unreachable", log, StringComparison.Ordinal);
        Assert.All(log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^\d\d:\d\d:\d\d ", line));
    }

    [Fact]
    public void Event_OfACallersText_DoesNotControlTheTerminal()
    {
        var template = new MessageTemplateParser().Parse("No host has {Model}");
        var model = new LogEventProperty("Model", new ScalarValue("a\u001b[31m\nb"));
        using var output = new StringWriter();
        new TextLine().Format(new LogEvent(DateTimeOffset.UnixEpoch, LogEventLevel.Warning, exception: null, template, [model]), output);
        Assert.Equal("00:00:00 warn  No host has a?[31m?b\n", output.ToString());
    }

    [Fact]
    public async Task LogFile_BesideText_IsJson()
    {
        var directory = Directory.CreateTempSubdirectory("llamagate-");
        try
        {
            using var lines = new StringWriter();
            var file = Path.Combine(directory.FullName, "gate.log");
            await (await GatewayOverOllama.StartAsync(
                settings => settings with { LogFormat = LogFormat.Text, LogFile = file },
                builder => builder.Services.AddSingleton(new LogOutput(lines)))).DisposeAsync();
            Assert.StartsWith("{\"level\":\"info\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
            Assert.DoesNotContain("{\"level\"", lines.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
