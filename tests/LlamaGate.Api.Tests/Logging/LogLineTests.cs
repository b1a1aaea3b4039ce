using LlamaGate.Api.Logging;
using Serilog.Events;
using Serilog.Parsing;

namespace LlamaGate.Api.Tests.Logging;

/// <summary>A line of the log as a program reads it.</summary>
public sealed class LogLineTests
{
    [Fact]
    public void Event_WithProperties_IsOneObject()
    {
        LogEventProperty[] properties =
        [
            new("Upstream", new ScalarValue("a \"b\"")),
            new("ElapsedMs", new ScalarValue(12.34)),
            new("Hosts", new SequenceValue([new ScalarValue("x"), new ScalarValue(2)])),
            new("IsUp", new ScalarValue(true)),
            new("Nothing", new ScalarValue(null)),
            new("SourceContext", new ScalarValue("noise")),
        ];

        Assert.Equal(
            """{"level":"warn","message":"a \"b\" took 12.3 ms at [\"x\",2], {Unknown}","time":7"""
            + ""","upstream":"a \"b\"","elapsed_ms":12.34,"hosts":["x",2],"is_up":true}""" + "\n",
            Line(LogEventLevel.Warning, "{Upstream} took {ElapsedMs:F1} ms at {Hosts}, {Unknown}", null, properties));
    }

    [Fact]
    public void Event_WithException_HasTypesAndNoMessages()
    {
        var exception = new InvalidOperationException("a caller's text", new IOException("another"));

        Assert.Equal(
            """{"level":"error","message":"Failed","time":7,"exception":"System.InvalidOperationException\n\n---> System.IO.IOException\n"}""" + "\n",
            Line(LogEventLevel.Error, "Failed", exception));
    }

    private static string Line(LogEventLevel level, string template, Exception? exception, params LogEventProperty[] properties)
    {
        using var output = new StringWriter();
        new LogLine().Format(
            new LogEvent(DateTimeOffset.FromUnixTimeSeconds(7), level, exception, new MessageTemplateParser().Parse(template), properties), output);
        return output.ToString();
    }
}
