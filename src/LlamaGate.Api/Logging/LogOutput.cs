using System.Text;

namespace LlamaGate.Api.Logging;

/// <summary>Where log lines go besides LOG_FILE: stdout, or a test's writer.</summary>
internal sealed record LogOutput(TextWriter Writer)
{
    /// <summary>
    /// How long lines gather: nobody at a terminal sees it, and a busy gateway writes fifty times a second and not for each request.
    /// </summary>
    public TimeSpan Gathering { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether a person reads along: where LOG_FORMAT does not say, lines are then text.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Stdout as UTF-8 on every system; the console's own writer would use the code page of Windows.</summary>
    public static LogOutput Stdout() =>
        new(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            IsTerminal = !Console.IsOutputRedirected,
        };
}
