using System.Buffers;

namespace LlamaGate.Application.Memory;

/// <summary>
/// The shared pool for all but large values. The shared pool would keep several large arrays for at least a minute, and permanently in a
/// process that is idle afterwards.
/// </summary>
public sealed class ModestPool : ArrayPool<byte>
{
    private ModestPool()
    {
    }

    public static ModestPool Instance { get; } = new();

    public override byte[] Rent(int minimumLength)
    {
        if (minimumLength <= LargeValues.MinBytes)
        {
            return Shared.Rent(minimumLength);
        }

        LargeValues.Note();
        return GC.AllocateUninitializedArray<byte>(minimumLength);
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        if (array.Length <= LargeValues.MinBytes)
        {
            Shared.Return(array, clearArray);
        }
        else
        {
            // It becomes garbage only now.
            LargeValues.Note();
        }
    }
}
