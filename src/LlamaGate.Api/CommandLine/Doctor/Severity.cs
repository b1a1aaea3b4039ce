namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>How much a finding matters, the worst last.</summary>
internal enum Severity
{
    /// <summary>Not looked at, with the reason.</summary>
    Skipped,

    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Good to know; also where it is not known.</summary>
    Info,

    /// <summary>It works, and somebody will trip over it.</summary>
    Warning,

    /// <summary>It does not work, or is open to everybody.</summary>
    Error,
}
