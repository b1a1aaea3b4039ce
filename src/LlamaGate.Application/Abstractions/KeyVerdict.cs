namespace LlamaGate.Application.Abstractions;

/// <summary>What a presented key is; the better one has the larger value.</summary>
public enum KeyVerdict
{
    Unknown,

    /// <summary>Right, but its time is over.</summary>
    Expired,

    /// <summary>Right, but switched off by the operator.</summary>
    Disabled,

    Right,
}
