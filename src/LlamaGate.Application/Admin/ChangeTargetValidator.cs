using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Admin;

/// <summary>Names go into messages and the log, so they must not be of any length.</summary>
internal sealed class ChangeTargetValidator : FirstFailureValidator<ChangeTarget>
{
    private const int MaxLength = 512;

    protected override RuleFailure? FirstFailure(ChangeTarget request) =>
        Check("host", request.Host) ?? Check("model", request.Model) ?? Check("id", request.Call);

    private static RuleFailure? Check(string field, string? value) =>
        value is null || (value.Trim().Length > 0 && value.Length <= MaxLength && !value.Any(char.IsControl))
            ? null
            : new RuleFailure(field, $"{field} must be a name of at most {MaxLength} characters.");
}
