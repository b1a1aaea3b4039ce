namespace LlamaGate.Bench.Report;

/// <summary>Something that is measured for each server, once a round.</summary>
/// <param name="Key">Its name in the JSON and in targets.json.</param>
/// <param name="Title">Its full name, with the unit.</param>
/// <param name="Decimals">Digits after the point.</param>
/// <param name="Compare">What it is set in relation to.</param>
internal sealed record Figure(string Key, string Title, int Decimals = 1, Compare Compare = Compare.Yarp)
{
    /// <summary>Its name at the head of a column, where those to the left of it say the rest.</summary>
    public string Column { get; init; } = Title;
}

/// <summary>With what a figure is compared.</summary>
[Flags]
internal enum Compare
{
    None = 0,
    Direct = 1,
    Yarp = 2,
    Both = Direct | Yarp,

    /// <summary>YARP with the gateway's socket switch.</summary>
    Inline = 4,
    Yarps = Yarp | Inline,
}
