namespace LlamaGate.Application.Validation;

/// <summary>The range of a number in a request, both ends included.</summary>
/// <param name="Field">The field's name on the wire.</param>
public sealed record NumberRange(string Field, double Least, double Most)
{
    /// <summary>A whole number whose only upper limit is that of its type.</summary>
    public static NumberRange AtLeast(string field, int least) => new(field, least, int.MaxValue);

    /// <summary>The upper limit is that of the type, which the schema expresses by its format.</summary>
    public bool IsOpen => Most >= int.MaxValue;
}
