using System.Runtime.InteropServices;

namespace LlamaGate.Domain.Conversations;

/// <summary>
/// A hash of how a prompt begins: its tools and the first <see cref="Bytes"/> bytes of its messages' texts. Equal prompts have equal
/// hashes in every process; others can have them too.
/// </summary>
public sealed class PromptPrefix
{
    /// <summary>A shorter prompt has no hash: computing it twice costs little.</summary>
    public const int Bytes = 2048;

    private const ulong Seed = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private ulong _tools = Seed;
    private ulong _texts = Seed;
    private ulong _first;
    private long _toolBytes;
    private int _textBytes;
    private int _messages;

    /// <summary>Whether no more text is needed.</summary>
    public bool IsFull => _textBytes == Bytes;

    /// <param name="text">A part of a tool's definition, as UTF-8.</param>
    public void AddTool(ReadOnlySpan<byte> text)
    {
        _tools = Mix(_tools, text);
        _toolBytes += text.Length;
    }

    /// <param name="role">Tells apart the same text of several authors.</param>
    public void BeginMessage(ReadOnlySpan<byte> role)
    {
        if (_messages++ == 1)
        {
            _first = _texts;
        }

        _texts = IsFull ? _texts : Mix(_texts, role);
    }

    /// <param name="text">A part of the message, as UTF-8.</param>
    public void AddText(ReadOnlySpan<byte> text)
    {
        var part = text[..Math.Min(text.Length, Bytes - _textBytes)];
        _texts = IsFull ? _texts : Mix(_texts, part);
        _textBytes += part.Length;
    }

    /// <summary>Null for a prompt that is too short.</summary>
    public long? ToHash()
    {
        // Tools of that length begin many different conversations: only the first message, with the instructions, counts beside them.
        var texts = _toolBytes >= Bytes && _messages > 1 ? _first : _texts;
        return _toolBytes + _textBytes < Bytes ? null : (long)Mix(_tools, texts);
    }

    private static ulong Mix(ulong hash, ReadOnlySpan<byte> text)
    {
        hash = Mix(hash, (ulong)text.Length);
        var words = MemoryMarshal.Cast<byte, ulong>(text);
        foreach (var word in words)
        {
            hash = Mix(hash, word);
        }

        foreach (var letter in text[(words.Length * sizeof(ulong))..])
        {
            hash = Mix(hash, letter);
        }

        return hash;
    }

    private static ulong Mix(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Prime;
        return hash ^ (hash >> 32);
    }
}
