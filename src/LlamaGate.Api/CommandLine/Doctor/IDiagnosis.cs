namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>
/// One check. It may throw on a failed connection or an invalid answer: the runner turns the exception into a finding.
/// </summary>
internal interface IDiagnosis
{
    /// <summary>A name for scripts; it does not change between versions.</summary>
    string Name { get; }

    /// <summary>The maximum duration.</summary>
    TimeSpan Limit { get; }

    /// <summary>Whether the check is made for each host.</summary>
    bool IsPerHost => false;

    Needs Needs { get; }

    Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken);
}
