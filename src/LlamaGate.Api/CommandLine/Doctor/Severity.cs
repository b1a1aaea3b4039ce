namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>The severity of a finding, the worst last.</summary>
internal enum Severity
{
    /// <summary>Skipped, with the reason.</summary>
    Skipped,

    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Good to know, or unknown.</summary>
    Info,

    /// <summary>It works, but will cause trouble.</summary>
    Warning,

    /// <summary>It does not work, or is open to everyone.</summary>
    Error,
}
