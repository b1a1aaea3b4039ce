namespace LlamaGate.Application.Validation;

/// <summary>What a number in a request may be, both ends included.</summary>
/// <param name="Field">The field's name on the wire.</param>
public sealed record NumberRange(string Field, double Least, double Most)
{
    /// <summary>A whole number with no other upper end than its type's.</summary>
    public static NumberRange AtLeast(string field, int least) => new(field, least, int.MaxValue);

    /// <summary>The upper end is the type's own, which the schema states by its format.</summary>
    public bool IsOpen => Most >= int.MaxValue;
}
