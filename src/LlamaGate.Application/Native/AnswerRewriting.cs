using System.Buffers;

namespace LlamaGate.Application.Native;

/// <summary>Changes names in an answer; all other bytes stay.</summary>
internal abstract class AnswerRewriting
{
    /// <param name="json">A line, or a whole body. Text that is not JSON is written unchanged.</param>
    public abstract void Write(ReadOnlySequence<byte> json, IBufferWriter<byte> output);

    protected static void Copy(ReadOnlySequence<byte> json, IBufferWriter<byte> output)
    {
        foreach (var piece in json)
        {
            output.Write(piece.Span);
        }
    }
}
