namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>An object of <c>keys</c>, before it is checked.</summary>
/// <param name="Index">Counted from 0.</param>
/// <param name="Line">Where it begins.</param>
/// <param name="Fields">In the order of the file.</param>
/// <param name="Start">Where the object begins, in bytes.</param>
/// <param name="End">Where it has ended.</param>
internal sealed record RawKey(int Index, int Line, IReadOnlyList<RawField> Fields, int Start, int End)
{
    public string Place => $"keys[{Index}]";
}
