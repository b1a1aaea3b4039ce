namespace LlamaGate.Api.Configuration;

/// <summary>The format of the log lines on stdout (LOG_FORMAT).</summary>
internal enum LogFormat
{
    /// <summary>Text at a terminal, JSON everywhere else.</summary>
    Auto,

    /// <summary>One JSON object per line, for log collectors.</summary>
    Json,

    /// <summary>Time, level and a sentence per line, for people.</summary>
    Text,
}
