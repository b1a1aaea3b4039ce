namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Are the settings valid? Most other checks need them.</summary>
internal sealed class ConfigurationCheck : IDiagnosis
{
    public string Name => "configuration";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public Needs Needs => Needs.None;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => Task.FromResult(
        context.ConfigurationErrors.Count == 0
            ? new Finding(Severity.Ok, "The configuration is valid.")
            : new Finding(
                Severity.Error,
                "The configuration is not valid; the gateway would not start.",
                string.Join('\n', context.ConfigurationErrors),
                "Correct these variables in the environment or in .env; llamagate --help lists the allowed values."));
}
