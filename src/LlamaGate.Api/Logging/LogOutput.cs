using System.Text;

namespace LlamaGate.Api.Logging;

/// <summary>The target of log lines in addition to LOG_FILE: stdout, or a test's writer.</summary>
internal sealed record LogOutput(TextWriter Writer)
{
    /// <summary>
    /// How long lines are collected: nobody at a terminal notices it, and a busy gateway writes fifty times a second instead of per request.
    /// </summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether stdout is a terminal: unless LOG_FORMAT is set, lines are then text.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Stdout as UTF-8 on every system; the console's own writer would use the code page of Windows.</summary>
    public static LogOutput Stdout() =>
        new(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            IsTerminal = !Console.IsOutputRedirected,
        };
}
