namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>
/// One check. A connection that fails and an answer that is none may be thrown: the runner makes a finding of them.
/// </summary>
internal interface IDiagnosis
{
    /// <summary>A word for scripts; it does not change between versions.</summary>
    string Name { get; }

    /// <summary>The longest it may take.</summary>
    TimeSpan Limit { get; }

    Needs Needs { get; }

    Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken);
}
