namespace LlamaGate.Api.Configuration;

/// <summary>The form of the log's lines on stdout (LOG_FORMAT).</summary>
internal enum LogFormat
{
    /// <summary>Text at a terminal, JSON everywhere else.</summary>
    Auto,

    /// <summary>One JSON object in each line, for collectors.</summary>
    Json,

    /// <summary>Time, level and a sentence in each line, for people.</summary>
    Text,
}
