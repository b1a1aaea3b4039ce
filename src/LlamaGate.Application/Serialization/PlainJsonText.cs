using System.Buffers;
using System.Text.Unicode;

namespace LlamaGate.Application.Serialization;

/// <summary>Writes JSON around a text that contains nothing to escape, which most pieces of an answer do not, without a JSON writer.</summary>
internal static class PlainJsonText
{
    /// <param name="before">The JSON up to the text, with the quotation mark.</param>
    /// <param name="after">The JSON behind it, from the quotation mark on.</param>
    /// <returns>False, with nothing written, when the text has to be escaped.</returns>
    public static bool TryWrite(IBufferWriter<byte> output, ReadOnlySpan<byte> before, string text, ReadOnlySpan<byte> after)
    {
        const int MaxBytesPerChar = 3;
        var span = output.GetSpan(before.Length + (MaxBytesPerChar * text.Length) + after.Length);
        var room = span[before.Length..];
        var isValid = Utf8.FromUtf16(text, room, out _, out var written, replaceInvalidSequences: false) is OperationStatus.Done;
        if (!isValid || ContractSerialization.Encoder.FindFirstCharacterToEncodeUtf8(room[..written]) >= 0)
        {
            return false;
        }

        before.CopyTo(span);
        after.CopyTo(room[written..]);
        output.Advance(before.Length + written + after.Length);
        return true;
    }
}
