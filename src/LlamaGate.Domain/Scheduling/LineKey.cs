using System.Runtime.InteropServices;

namespace LlamaGate.Domain.Scheduling;

/// <summary>The order in which principals get slots: by class, then by what they have used, then by what they run, then by arrival.</summary>
/// <param name="Class">0 low, 1 normal, 2 high.</param>
/// <param name="Number">See <see cref="PrincipalState.Number"/>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LineKey(int Class, double Counter, int Running, TimeSpan ArrivedAt, long Number)
{
    public static IComparer<LineKey> Order { get; } = Comparer<LineKey>.Create(Compare);

    public bool Precedes(LineKey other) => Compare(this, other) < 0;

    private static int Compare(LineKey one, LineKey other)
    {
        var order = other.Class.CompareTo(one.Class);
        order = order != 0 ? order : one.Counter.CompareTo(other.Counter);
        order = order != 0 ? order : one.Running.CompareTo(other.Running);
        order = order != 0 ? order : one.ArrivedAt.CompareTo(other.ArrivedAt);
        return order != 0 ? order : one.Number.CompareTo(other.Number);
    }
}
