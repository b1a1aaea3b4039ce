namespace LlamaGate.Api.Configuration.Files;

/// <summary>The state of a configuration file that is read again while the gateway runs, for <c>/readyz?verbose</c>.</summary>
internal interface IConfigurationFileState
{
    /// <summary>The member under which it is shown: <c>hosts</c>, <c>keys</c>.</summary>
    string Name { get; }

    /// <summary>How many entries are in force.</summary>
    int Count { get; }

    /// <summary>When they were read.</summary>
    DateTimeOffset LoadedAt { get; }

    /// <summary>Why the file as it is now is not in force: lines and reasons, never a secret; null when it is in force.</summary>
    string? Fault { get; }
}
