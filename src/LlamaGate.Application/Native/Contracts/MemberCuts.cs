namespace LlamaGate.Application.Native.Contracts;

/// <summary>
/// Finds the bytes to take out of an object's JSON so that some of its members are gone and the rest is valid and unchanged. Each
/// member is noted in its order.
/// </summary>
/// <param name="cuts">Gets the ranges.</param>
internal sealed class MemberCuts(List<Range> cuts)
{
    private bool _hasKept;

    /// <summary>The previous member goes, and none before it stays: it takes the comma behind it along, if there is one.</summary>
    private bool _isOpen;

    private int _start;
    private int _end;

    /// <param name="isCut">Whether it goes.</param>
    /// <param name="start">Where its name begins.</param>
    /// <param name="end">Where its value ends.</param>
    public void Note(bool isCut, int start, int end)
    {
        if (_isOpen)
        {
            cuts.Add(_start..start);
        }

        if (isCut && _hasKept)
        {
            // With the comma before it.
            cuts.Add(_end..end);
        }

        _isOpen = isCut && !_hasKept;
        _hasKept |= !isCut;
        (_start, _end) = (start, end);
    }

    /// <summary>There is no further member.</summary>
    public void End()
    {
        if (_isOpen)
        {
            cuts.Add(_start.._end);
        }
    }
}
