namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>The JSON type of a field's value.</summary>
internal enum FieldKind
{
    Text,
    Texts,
    Number,
    True,
    False,

    /// <summary>A type that no field has.</summary>
    Other,
}
