namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>A member of a key, before it is checked.</summary>
/// <param name="Name">As in the file.</param>
/// <param name="Line">Of its value.</param>
/// <param name="Kind">Of its value.</param>
/// <param name="Texts">The text, the texts of a list, or the digits of a number.</param>
/// <param name="Start">Where the value begins, in bytes.</param>
/// <param name="End">Where it has ended.</param>
internal sealed record RawField(string Name, int Line, FieldKind Kind, IReadOnlyList<string> Texts, int Start, int End)
{
    /// <summary>Null unless the value is a string.</summary>
    public string? Text => Kind is FieldKind.Text ? Texts[0] : null;
}
