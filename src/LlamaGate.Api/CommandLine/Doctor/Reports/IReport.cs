namespace LlamaGate.Api.CommandLine.Doctor.Reports;

/// <summary>How findings are reported.</summary>
internal interface IReport
{
    /// <summary>A check has run.</summary>
    Task AddAsync(string check, Finding finding, CancellationToken cancellationToken);

    /// <summary>All checks have run.</summary>
    Task EndAsync(Severity worst, CancellationToken cancellationToken);
}
